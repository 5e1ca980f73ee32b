// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** Why a release goes back. */
@Beta
public enum BreachCause implements Word {
    TRIGGER("trigger"),
    JUDGE("judge"),
    PHASE("phase"),
    VALIDATION("validation"),
    /** The artifact or a freeze, looked at again before the first users. */
    ADMISSION("admission"),
    NO_DATA("no-data"),
    ROUTER("router"),
    JOURNAL("journal"),
    /** A person or the build stopped the release. */
    ABORT("abort"),
    /** The build is gone. */
    KILLED("killed"),
    /** A person asked for the last good version. */
    OPERATOR("operator"),
    /** A word of a later version; counts as a failure. */
    UNKNOWN("unknown");

    private final String text;

    BreachCause(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BreachCause of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    /** Whether something failed, rather than that a person or the build ended the release. */
    public boolean isFailure() {
        return this != ABORT && this != KILLED && this != OPERATOR;
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
