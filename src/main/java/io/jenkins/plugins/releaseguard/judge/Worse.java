// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which direction of a metric harms users. */
public enum Worse {
    HIGHER,
    LOWER,
    EITHER;

    /** The lower-case word used in JSON and text. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word in any case.
     *
     * @throws IllegalArgumentException naming the word and those that are known
     */
    @JsonCreator
    public static Worse of(String word) {
        return EnumWords.read(Worse.class, word);
    }
}
