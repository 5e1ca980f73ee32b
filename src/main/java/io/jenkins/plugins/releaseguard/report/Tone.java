// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import java.util.Locale;

/** How a verdict is shown. Only what is known to be good is green; a word that isn't known is a warning. */
enum Tone {
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
    String mark() {
        return mark;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Tone of(String verdict) {
        return switch (JournalFacts.text(verdict).toLowerCase(Locale.ROOT)) {
            case "pass", "go", "promoted", "approved" -> GOOD;
            case "fail", "no-go", "rolled-back", "refused" -> BAD;
            case "running" -> INFO;
            case "not reached", "stopped", "" -> PLAIN;
            default -> WARN;
        };
    }
}
