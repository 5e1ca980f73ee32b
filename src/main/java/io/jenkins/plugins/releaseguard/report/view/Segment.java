// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A part of the stopwatch; {@code width} and {@code left} in percent of the bar. Unknown time has no place on it. */
public record Segment(String name, String seconds, boolean known, String left, String width) {
    public String getName() {
        return name;
    }

    public String getSeconds() {
        return seconds;
    }

    public boolean isKnown() {
        return known;
    }

    public String getLeft() {
        return left;
    }

    public String getWidth() {
        return width;
    }
}
