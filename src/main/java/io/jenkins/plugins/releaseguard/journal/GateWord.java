// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** What the gate answered. */
@Beta
public enum GateWord implements Word {
    GO("go"),
    NO_GO("no-go"),
    /** Only should-haves were missing. */
    CONDITIONAL("conditional"),
    /** Only people's sign-offs were missing. */
    WAITING("waiting"),
    /** A word of a later version; never a go. */
    UNKNOWN("unknown");

    private final String text;

    GateWord(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static GateWord of(String text) {
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
