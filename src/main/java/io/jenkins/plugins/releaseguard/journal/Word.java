// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.releaseguard.Beta;

/** A word of the journal's vocabulary. Constants may be renamed, their texts never: they stand in journals on disk. */
@Beta
public interface Word {
    /** As it stands in journal and report. */
    @JsonValue
    String text();

    /** The text of a word that may be missing; null for null. */
    static String text(Word word) {
        return word == null ? null : word.text();
    }

    /** @param other what a text that none of the words has becomes */
    static <W extends Word> W read(W[] words, String text, W other) {
        if (text == null) {
            return null;
        }
        for (W word : words) {
            if (word.text().equals(text)) {
                return word;
            }
        }
        return other;
    }
}
