// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A rollback's time: the segments of the bar, and how much of the objective (0 to 100) was used. */
public record Stopwatch(
        String total,
        Badge badge,
        String sentence,
        String objective,
        String used,
        List<Segment> segments,
        List<Fact> apart) {
    public String getTotal() {
        return total;
    }

    public Badge getBadge() {
        return badge;
    }

    public String getSentence() {
        return sentence;
    }

    public String getObjective() {
        return objective;
    }

    public String getUsed() {
        return used;
    }

    public List<Segment> getSegments() {
        return segments;
    }

    public List<Fact> getApart() {
        return apart;
    }
}
