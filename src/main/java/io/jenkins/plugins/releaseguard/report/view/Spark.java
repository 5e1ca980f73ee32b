// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/**
 * Lines to draw in a box of {@value #WIDTH} by {@value #HEIGHT}: SVG path data, where the phases began (x), the areas in which they warmed up (path
 * data), where the breach was (x, empty for none), and the ends of the scale as text.
 */
public record Spark(
        String canaryPath,
        String baselinePath,
        List<String> phaseMarks,
        List<String> warmups,
        String breachMark,
        String highest,
        String lowest,
        String from,
        String to) {
    public static final int WIDTH = 300;
    public static final int HEIGHT = 64;

    public String getCanaryPath() {
        return canaryPath;
    }

    public String getBaselinePath() {
        return baselinePath;
    }

    public List<String> getPhaseMarks() {
        return phaseMarks;
    }

    public List<String> getWarmups() {
        return warmups;
    }

    public String getBreachMark() {
        return breachMark;
    }

    public String getHighest() {
        return highest;
    }

    public String getLowest() {
        return lowest;
    }

    public String getFrom() {
        return from;
    }

    public String getTo() {
        return to;
    }
}
