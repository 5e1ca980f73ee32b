// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** Why a rollout waits. */
@Beta
public enum HoldCause implements Word {
    APPROVAL("approval"),
    /** Something broke, and the change can't be undone: people decide. */
    FROZEN("frozen"),
    NO_DATA("no-data"),
    PAUSED("paused"),
    ROUTER("router"),
    UNDECIDED("undecided"),
    /** A softer limit than that of a rollback is passed. */
    WARNING("warning"),
    /** A word of a later version; waits like any other. */
    UNKNOWN("unknown");

    private final String text;

    HoldCause(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HoldCause of(String text) {
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
