// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Triggers, and looks of five seconds at their metric. */
final class TriggerFixture {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final int LOOK_SECONDS = 5;

    private TriggerFixture() {}

    static Metric metric(Metric.Kind kind, String unit, Metric.Objective objective) {
        return new Metric(
                "MON-001",
                "m",
                kind,
                unit,
                "prometheus",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                Margin.NONE,
                new Metric.Query("", "", "", "", Double.NaN),
                objective,
                new Position("release.yaml", 1, 1));
    }

    static Metric metric(Metric.Kind kind) {
        return metric(kind, "", null);
    }

    static Trigger trigger(Metric metric, String threshold) {
        try {
            return new Trigger(
                    "DEP-003",
                    "too much",
                    metric,
                    ThresholdParser.parse(threshold, new Position("release.yaml", 1, 1)),
                    List.of(),
                    List.of());
        } catch (Exception e) {
            throw new AssertionError(threshold, e);
        }
    }

    static Event.Sample rate(double canaryErrors, double canaryTotal, double baselineErrors, double baselineTotal) {
        return Event.Sample.rate("MON-001", canaryErrors, canaryTotal, baselineErrors, baselineTotal);
    }

    /** The nth look, from 0 on. */
    static Event.Looked look(int n) {
        return look((long) LOOK_SECONDS * n, LOOK_SECONDS * (n + 1L));
    }

    /** A look that covers the time from one second to another of the release. */
    static Event.Looked look(long from, long to) {
        return new Event.Looked(0, START.plusSeconds(from), START.plusSeconds(to), List.of(), null);
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
