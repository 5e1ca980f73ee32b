// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A line of the timeline; {@code day} stands only where the day changes. */
public record TimelineLine(String day, String time, String iso, String tone, String mark, String text) {
    public String getDay() {
        return day;
    }

    public String getTime() {
        return time;
    }

    public String getIso() {
        return iso;
    }

    public String getTone() {
        return tone;
    }

    public String getMark() {
        return mark;
    }

    public String getText() {
        return text;
    }
}
