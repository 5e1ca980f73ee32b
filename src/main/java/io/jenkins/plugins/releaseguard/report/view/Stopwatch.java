// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.List;

/** A rollback's time: the segments of the bar, and where on it (0 to 100) the objective stands. */
public record Stopwatch(
        String total,
        Badge badge,
        String sentence,
        String objective,
        String objectiveAt,
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

    public String getObjectiveAt() {
        return objectiveAt;
    }

    public List<Segment> getSegments() {
        return segments;
    }

    public List<Fact> getApart() {
        return apart;
    }
}
