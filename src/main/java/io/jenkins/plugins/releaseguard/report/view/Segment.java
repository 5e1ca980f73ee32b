// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A part of the stopwatch; {@code width} in percent of the bar, {@code known} false for a part that never ended. */
public record Segment(String name, String seconds, boolean known, String width) {
    public String getName() {
        return name;
    }

    public String getSeconds() {
        return seconds;
    }

    public boolean isKnown() {
        return known;
    }

    public String getWidth() {
        return width;
    }
}
