// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** What a person, or the build in its place, asked of a release. */
@Beta
public enum OperatorCommand implements Word {
    PAUSE("pause"),
    RESUME("resume"),
    /** Leave the phase without waiting for its verdict. */
    PROMOTE("promote"),
    APPROVE("approve"),
    ROLLBACK("rollback"),
    /** The last good version was asked for by hand. */
    OPERATOR("operator"),
    ABORT("abort"),
    /** The build is gone. */
    KILLED("killed"),
    /** The gate was overruled. */
    OVERRIDE("override"),
    /** A person sees to a release that people are called for: calling stops, everything else goes on. */
    TAKE("take"),
    /** A person ends a release that doesn't end by itself, with a reason. */
    CLOSE("close"),
    /** A word of a later version; nothing is done about it. */
    UNKNOWN("unknown");

    private final String text;

    OperatorCommand(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static OperatorCommand of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    /**
     * The order behind a breach.
     *
     * @throws IllegalArgumentException for a cause that nobody orders
     */
    public static OperatorCommand of(BreachCause cause) {
        return switch (cause) {
            case ABORT -> ABORT;
            case KILLED -> KILLED;
            case OPERATOR -> OPERATOR;
            default -> throw new IllegalArgumentException("nobody orders a rollback for '" + cause + "'");
        };
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
