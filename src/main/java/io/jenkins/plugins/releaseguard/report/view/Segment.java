// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

/** A part of the stopwatch; {@code width} and {@code left} in percent of the bar. */
public record Segment(String name, String seconds, String left, String width) {
    public String getName() {
        return name;
    }

    public String getSeconds() {
        return seconds;
    }

    public String getLeft() {
        return left;
    }

    public String getWidth() {
        return width;
    }
}
