// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A cell: its column's name for narrow screens, text, a badge or null. */
public record Cell(String column, String text, Badge badge, boolean code) {
    public String getColumn() {
        return column;
    }

    public String getText() {
        return text;
    }

    public Badge getBadge() {
        return badge;
    }

    /** Whether a word in it is so long that it must be broken anywhere. */
    public boolean isLong() {
        return text.matches("(?s).*\\S{25}.*");
    }

    public boolean isCode() {
        return code;
    }
}
