// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** What the judge asked of the rollout. */
@Beta
public enum LookAction implements Word {
    CONTINUE("continue"),
    STOP("stop"),
    PROMOTE("promote"),
    HOLD("hold"),
    /** A word of a later version; asks for nothing. */
    UNKNOWN("unknown");

    private final String text;

    LookAction(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LookAction of(String text) {
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
