// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One variant's part of a sample. What it hasn't is null; {@code missing} says why there is nothing.
 *
 * @param errors of a histogram the requests that are surely above its limit
 * @param limit of a histogram, NaN for none
 */
record VariantSample(
        Double errors, Double total, List<Double> values, Histogram histogram, double limit, String missing) {
    static VariantSample missing(String why) {
        return new VariantSample(null, null, null, null, Double.NaN, why);
    }

    static VariantSample counts(Double errors, Double total) {
        return new VariantSample(errors, total, null, null, Double.NaN, null);
    }

    static VariantSample values(List<Double> values) {
        return new VariantSample(null, null, values, null, Double.NaN, null);
    }

    /** Null without requests: there is no quantile of nothing. */
    private Map<String, Double> quantiles() {
        return histogram == null || histogram.total() == 0 ? null : histogram.levels();
    }

    /**
     * Bounds at which both sides' requests are known: only by such can they be compared. Those of one side where the other had no
     * requests; null without a histogram.
     */
    private static List<Double> bounds(VariantSample a, VariantSample b) {
        if (a.histogram == null || b.histogram == null) {
            Histogram one = a.idle() ? b.histogram : b.idle() ? a.histogram : null;
            return one == null ? null : one.bounds();
        }
        return Histogram.common(a.histogram, b.histogram);
    }

    /** Whether it has no histogram for want of requests. */
    private boolean idle() {
        return histogram == null && missing == null && total != null && total == 0;
    }

    private List<Double> counts(List<Double> bounds) {
        return histogram == null ? Collections.nCopies(bounds.size() + 1, 0.0) : histogram.counts(bounds);
    }

    /** Where bounds aren't its own, what is surely above its limit is less: both sides are asked at the same bound. */
    private Double errors(List<Double> bounds) {
        return bounds == null || histogram == null || errors == null || Double.isNaN(limit)
                ? errors
                : (Double) histogram.above(limit, bounds);
    }

    static Event.Sample sample(String metric, VariantSample canary, VariantSample baseline) {
        String missing = null;
        if (canary.missing != null && baseline.missing != null) {
            missing = canary.missing.equals(baseline.missing)
                    ? canary.missing
                    : "canary: " + canary.missing + "; baseline: " + baseline.missing;
        } else if (canary.missing != null) {
            missing = "canary: " + canary.missing;
        } else if (baseline.missing != null) {
            missing = "baseline: " + baseline.missing;
        }
        List<Double> bounds = bounds(canary, baseline);
        if (missing == null && bounds != null && bounds.isEmpty() && canary.total > 0 && baseline.total > 0) {
            missing = "the canary's histogram and the baseline's have no bound in common";
        }
        return new Event.Sample(
                metric,
                canary.errors(bounds),
                canary.total,
                baseline.errors(bounds),
                baseline.total,
                canary.values,
                baseline.values,
                canary.quantiles(),
                baseline.quantiles(),
                bounds,
                bounds == null ? null : canary.counts(bounds),
                bounds == null ? null : baseline.counts(bounds),
                missing);
    }
}
