// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the evidence says of a metric or a release. */
public enum Verdict {
    PASS,
    /** evidence of harm that is not proven, or a score between the two limits */
    MARGINAL,
    FAIL,
    /** too little evidence either way; never a pass */
    INCONCLUSIVE,
    /** nothing to judge, with the reason; never a pass */
    NODATA;

    /** The lower-case word used in JSON and text. */
    @JsonValue
    public String word() {
        return EnumWords.of(this);
    }

    /**
     * Reads a word in any case.
     *
     * @throws IllegalArgumentException naming the word and those that are known
     */
    @JsonCreator
    public static Verdict of(String word) {
        return EnumWords.read(Verdict.class, word);
    }
}
