// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** How a phase ended. */
@Beta
public enum PhaseVerdict implements Word {
    PASS("pass"),
    FAIL("fail"),
    /** Left without the evidence for a pass. */
    UNPROVEN("unproven"),
    /** A word of a later version; never a pass. */
    UNKNOWN("unknown");

    private final String text;

    PhaseVerdict(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PhaseVerdict of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
