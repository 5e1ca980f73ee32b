// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import java.util.List;
import java.util.Map;

/** One number for a metric's variant in one look, in the metric's unit; NaN where the look has none. */
public final class MetricLevel {
    private static final double QUANTILE = 0.99;

    private MetricLevel() {}

    public static double canary(Metric metric, Event.Sample sample) {
        return level(
                metric, sample.canaryErrors(), sample.canaryTotal(), sample.canaryQuantiles(), sample.canaryValues());
    }

    public static double baseline(Metric metric, Event.Sample sample) {
        return level(
                metric,
                sample.baselineErrors(),
                sample.baselineTotal(),
                sample.baselineQuantiles(),
                sample.baselineValues());
    }

    /** The same as far as the source tells it: of a histogram the bucket that has the quantile. */
    static LevelRange span(Metric metric, Event.Sample sample, boolean canary) {
        Buckets buckets = buckets(metric, sample, canary);
        if (buckets == null) {
            return LevelRange.of(canary ? canary(metric, sample) : baseline(metric, sample));
        }
        if (!(buckets.total() > 0)) {
            return LevelRange.UNKNOWN;
        }
        int bucket = buckets.of(QUANTILE);
        return new LevelRange(buckets.low(bucket), buckets.high(bucket));
    }

    /** What is said before the value of a breach: of a bucket it is the end that is nearest to the limit. */
    public static String endOfBucket(Metric metric, Comparison comparison) {
        boolean bucket = metric.kind() == Metric.Kind.LATENCY
                && !metric.query().histogram().isEmpty();
        return !bucket ? "" : comparison.holds(1, 0) ? "above " : "at most ";
    }

    /** A latency's histogram; null for none. */
    static Buckets buckets(Metric metric, Event.Sample sample, boolean canary) {
        List<Double> counts = canary ? sample.canaryBuckets() : sample.baselineBuckets();
        boolean told = metric.kind() == Metric.Kind.LATENCY
                && sample.bounds() != null
                && counts != null
                && counts.size() == sample.bounds().size() + 1;
        return told ? new Buckets(sample.bounds(), counts) : null;
    }

    private static double level(
            Metric metric, Double errors, Double total, Map<String, Double> quantiles, List<Double> values) {
        switch (metric.kind()) {
            case RATE:
                return errors == null || total == null || !(total > 0) ? Double.NaN : errors / total;
            case LATENCY:
                if (quantiles != null && quantiles.get("p99") != null) {
                    return quantiles.get("p99");
                }
                return mean(values);
            default:
                return values == null && errors != null ? errors : mean(values);
        }
    }

    private static double mean(List<Double> values) {
        return values == null
                ? Double.NaN
                : values.stream()
                        .filter(v -> v != null && Double.isFinite(v))
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(Double.NaN);
    }
}
