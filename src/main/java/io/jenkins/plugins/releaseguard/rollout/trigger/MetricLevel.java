// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import java.util.List;
import java.util.Map;

/** One number for a metric's variant in one look, in the metric's unit; NaN where the look has none. */
public final class MetricLevel {
    private static final double USUAL = 0.99;

    private MetricLevel() {}

    /** Of a latency the p99. */
    public static double canary(Metric metric, Event.Sample sample) {
        return of(metric, USUAL, sample, true);
    }

    /** Of a latency the p99. */
    public static double baseline(Metric metric, Event.Sample sample) {
        return of(metric, USUAL, sample, false);
    }

    /** @param quantile of a latency; NaN for its mean */
    public static double of(Metric metric, double quantile, Event.Sample sample, boolean canary) {
        Double errors = canary ? sample.canaryErrors() : sample.baselineErrors();
        Double total = canary ? sample.canaryTotal() : sample.baselineTotal();
        List<Double> values = canary ? sample.canaryValues() : sample.baselineValues();
        switch (metric.kind()) {
            case RATE:
                return errors == null || total == null || !(total > 0) ? Double.NaN : errors / total;
            case LATENCY:
                Double told = told(canary ? sample.canaryQuantiles() : sample.baselineQuantiles(), quantile);
                Buckets buckets = buckets(metric, sample, canary);
                return told != null ? told : buckets == null ? mean(values) : within(buckets, quantile);
            default:
                return values == null && errors != null ? errors : mean(values);
        }
    }

    private static Double told(Map<String, Double> quantiles, double quantile) {
        return quantiles == null ? null : quantiles.get(ThresholdTerms.quantileName(quantile));
    }

    /** About where the quantile lies, evenly spread in its bucket as Prometheus has it; in the last one its lower bound. */
    private static double within(Buckets buckets, double quantile) {
        if (!(buckets.total() > 0) || Double.isNaN(quantile)) {
            return Double.NaN;
        }
        int at = buckets.of(quantile);
        double low = buckets.low(at);
        double high = buckets.high(at);
        double before = 0;
        for (int i = 0; i < at; i++) {
            before += buckets.counts().get(i);
        }
        double share = (quantile * buckets.total() - before) / buckets.counts().get(at);
        return Double.isInfinite(high) ? low : low + (high - low) * Math.max(0, Math.min(1, share));
    }

    /** The same as far as the source tells it: of a histogram the bucket that has the quantile. */
    static LevelRange span(Metric metric, double quantile, Event.Sample sample, boolean canary) {
        Buckets buckets = buckets(metric, sample, canary);
        if (buckets == null) {
            return LevelRange.of(of(metric, quantile, sample, canary));
        }
        if (!(buckets.total() > 0)) {
            return LevelRange.UNKNOWN;
        }
        int bucket = buckets.of(quantile);
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
