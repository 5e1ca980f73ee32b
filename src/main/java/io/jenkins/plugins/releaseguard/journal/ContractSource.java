// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** Where a contract was read. */
@Beta
public enum ContractSource implements Word {
    /** In a revision that the source of the repository trusts, asked of the repository itself. */
    REVISION("revision"),
    /** In files of a build's workspace, which whatever runs there can write. */
    WORKSPACE("workspace"),
    /** Given as text by the Pipeline, which can have it from anywhere. */
    PIPELINE("pipeline"),
    /** A word of a later version; never trusted. */
    UNKNOWN("unknown");

    private final String text;

    ContractSource(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ContractSource of(String text) {
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
