// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.releaseguard.journal.Word;
import java.util.Arrays;
import java.util.Locale;

/** How a verdict is shown. Only what is known to be good is green; a word that isn't known is a warning. */
public enum Tone {
    GOOD("✓"),
    BAD("✕"),
    WARN("!"),
    INFO("…"),
    PLAIN("·");

    private final String mark;

    Tone(String mark) {
        this.mark = mark;
    }

    /** A sign that needs no colour to be told from the others. */
    public String mark() {
        return mark;
    }

    /** As it stands in report.json and in the names of styles. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@link #WARN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Tone read(String word) {
        return Arrays.stream(values())
                .filter(tone -> tone.word().equals(word))
                .findFirst()
                .orElse(WARN);
    }

    /** Of a word that may be missing. */
    public static Tone of(Word verdict) {
        return of(Word.text(verdict));
    }

    public static Tone of(String verdict) {
        return switch (Words.text(verdict).toLowerCase(Locale.ROOT)) {
            case "pass", "go", "promoted", "approved" -> GOOD;
            case "fail", "no-go", "rolled-back", "refused" -> BAD;
            case "running" -> INFO;
            case "not reached", "stopped", "" -> PLAIN;
            default -> WARN;
        };
    }
}
