// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** What a note is about. */
@Beta
public enum NoteKind implements Word {
    ISSUE("issue"),
    FOLLOW_UP("follow-up"),
    NOTE("note"),
    /** How long the release will likely take, said when it began. */
    EXPECTED("expected"),
    /** A word of a later version. */
    UNKNOWN("unknown");

    private final String text;

    NoteKind(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static NoteKind of(String text) {
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
