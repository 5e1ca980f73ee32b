// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Both variants over time, in at most {@value #STEPS} equal steps, so that a day's canary draws as quickly as a minute's. */
final class SeriesFold {
    static final int STEPS = 60;

    private SeriesFold() {}

    /** Null where there is nothing to draw. */
    static Report.Series of(List<MetricSamples.Point> points, Level canary, Level baseline) {
        if (points.isEmpty()) {
            return null;
        }
        Instant from = points.get(0).from();
        Instant to = points.get(points.size() - 1).to();
        long span = Math.max(1, Duration.between(from, to).toMillis());
        // wide enough that looks a little uneven leave no step empty: an empty one is then a real gap
        int steps = Math.max(1, Math.min(STEPS, points.size() * 2 / 3));
        List<List<Event.Sample>> buckets = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            buckets.add(new ArrayList<>());
        }
        for (MetricSamples.Point point : points) {
            // the interval's end belongs to its own step: (from, to]
            double share = (Duration.between(from, point.to()).toMillis() - 0.5) / span;
            buckets.get(Math.max(0, Math.min(steps - 1, (int) Math.floor(share * steps))))
                    .add(point.sample());
        }
        return new Report.Series(from, to, levels(buckets, canary), levels(buckets, baseline));
    }

    private static List<Double> levels(List<List<Event.Sample>> buckets, Level level) {
        List<Double> levels = new ArrayList<>();
        buckets.forEach(bucket -> levels.add(rounded(level.of(bucket))));
        return java.util.Collections.unmodifiableList(levels);
    }

    /** Four significant digits are more than a line of a few pixels can show. */
    private static Double rounded(double value) {
        return Double.isFinite(value)
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(4))
                        .doubleValue()
                : null;
    }
}
