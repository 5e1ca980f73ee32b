// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.Word;

/** Where a phase stands: as {@link PhaseVerdict} says once it has ended, and what a report may say before or instead. */
public enum PhaseStatus implements Word {
    PASS("pass"),
    FAIL("fail"),
    /** Left without the evidence for a pass. */
    UNPROVEN("unproven"),
    /** Ended by a person or from outside. */
    STOPPED("stopped"),
    RUNNING("running"),
    /** A word of a later version; never a pass. */
    UNKNOWN("unknown");

    private final String text;

    PhaseStatus(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PhaseStatus of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    /** {@link #UNKNOWN} for none: a phase that ended without a verdict didn't pass. */
    static PhaseStatus of(PhaseVerdict verdict) {
        return verdict == null ? UNKNOWN : of(Word.text(verdict));
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
