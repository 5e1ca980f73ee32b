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

    public boolean isCode() {
        return code;
    }
}
