// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;

/**
 * Whose work was seen in the bake under way, in the metrics that count: without the new version's there is nothing to call proven.
 *
 * @param canary requests of the new version, or values that only requests give
 * @param tally a count of the new version that came without its requests, and may be nothing for want of any
 * @param counted requests of the new version in the metric that has most of them in each look; NaN where none counts any
 * @param routed how many requests the router has sent to the new version
 * @param baseline requests of the last good version
 */
record Seen(boolean canary, boolean tally, double counted, double routed, boolean baseline) {
    static final Seen NOTHING = new Seen(false, false, Double.NaN, 0, false);

    /** Fewer are a look that is late, or one that is early. */
    static final double TELLING = 40;

    /** Whether the new version was seen at work. */
    boolean canaryAtWork() {
        return canary || tally && routed > 0;
    }

    /** Whether the router has sent requests to the new version, and no metric that counts shows one, or even half of them. */
    boolean isUnaccounted() {
        return routed > 0 && !canaryAtWork() || isPartial();
    }

    /** Whether the metrics show some of the router's requests, and less than half. */
    boolean isPartial() {
        return routed >= TELLING && counted > 0 && counted < routed / 2;
    }

    Seen withLook(Plan plan, Event.Looked looked) {
        Seen seen = this;
        double most = Double.NaN;
        for (Event.Sample sample : looked.samples()) {
            if (sample.missing() == null
                    && plan.metrics().stream().anyMatch(m -> m.id().equals(sample.metric()) && counts(m))) {
                seen = seen.with(sample);
                if (sample.canaryTotal() != null) {
                    most = Double.isNaN(most) ? sample.canaryTotal() : Math.max(most, sample.canaryTotal());
                }
            }
        }
        double all = Double.isNaN(most) ? seen.counted : Double.isNaN(seen.counted) ? most : seen.counted + most;
        return new Seen(seen.canary, seen.tally, all, seen.routed, seen.baseline);
    }

    /** Requests of the last good version, in the metric that counts most of them; NaN where none counts any. */
    static double baseline(Plan plan, List<Event.Sample> samples) {
        return samples.stream()
                .filter(s -> s.baselineTotal() != null)
                .filter(s -> plan.metrics().stream().anyMatch(m -> m.id().equals(s.metric()) && counts(m)))
                .mapToDouble(Event.Sample::baselineTotal)
                .max()
                .orElse(Double.NaN);
    }

    /** Two readings of the router's counter, in their order. */
    Seen withReadings(double before, double after) {
        return after > before ? new Seen(canary, tally, counted, routed + after - before, baseline) : this;
    }

    private Seen with(Event.Sample s) {
        return new Seen(
                canary || canary(s),
                tally || s.canaryErrors() != null && s.canaryTotal() == null,
                counted,
                routed,
                baseline
                        || atWork(
                                s.baselineErrors(),
                                s.baselineTotal(),
                                s.baselineQuantiles(),
                                s.baselineValues(),
                                s.baselineBuckets()));
    }

    /** Whether the sample shows the new version at work. */
    static boolean canary(Event.Sample s) {
        return atWork(s.canaryErrors(), s.canaryTotal(), s.canaryQuantiles(), s.canaryValues(), s.canaryBuckets());
    }

    private static boolean atWork(
            Double errors, Double total, Map<String, Double> quantiles, List<Double> values, List<Double> buckets) {
        if (total != null) {
            return total > 0;
        }
        return errors != null && errors > 0
                || quantiles != null && !quantiles.isEmpty()
                || values != null && !values.isEmpty()
                || buckets != null && buckets.stream().anyMatch(b -> b != null && b > 0);
    }

    /** Whether any metric counts at all. */
    static boolean possible(Plan plan) {
        return plan.metrics().stream().anyMatch(Seen::counts);
    }

    /** Whether any metric that counts tells how many requests there were. */
    static boolean countsRequests(Plan plan) {
        return plan.metrics().stream()
                .anyMatch(m -> counts(m)
                        && (m.kind() == Metric.Kind.RATE
                                || !m.query().histogram().isEmpty()));
    }

    /** A ratio or a rule's number may be of one request or of none: it can stop a release, and shows nobody at work. */
    private static boolean counts(Metric metric) {
        boolean level = metric.kind() == Metric.Kind.GAUGE || metric.kind() == Metric.Kind.LATENCY;
        return !metric.muted() && !(level && MetricQueries.of(metric).stream().anyMatch(QueryReading::isOfUnknownSize));
    }
}
