// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** How a release ended. */
@Beta
public enum ReleaseOutcome implements Word {
    /** The new version has all traffic, and stayed. */
    PROMOTED("promoted"),
    /** The last good version was brought back. */
    ROLLED_BACK("rolled-back"),
    /** The gate refused; nothing was moved. */
    NO_GO("no-go"),
    /** Stopped before anything could be brought back. */
    HALTED("halted"),
    /** A word of a later version; never a success. */
    UNKNOWN("unknown");

    private final String text;

    ReleaseOutcome(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseOutcome of(String text) {
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
