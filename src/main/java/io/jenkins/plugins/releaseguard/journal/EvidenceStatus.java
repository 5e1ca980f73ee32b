// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** What a check or a validation said. */
@Beta
public enum EvidenceStatus implements Word {
    PASS("pass"),
    FAIL("fail"),
    /** Nobody could tell, or a word of a later version; never green. */
    UNKNOWN("unknown"),
    WAIVED("waived");

    private final String text;

    EvidenceStatus(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static EvidenceStatus of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    /** Whether a release may go on. */
    public boolean green() {
        return this == PASS || this == WAIVED;
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
