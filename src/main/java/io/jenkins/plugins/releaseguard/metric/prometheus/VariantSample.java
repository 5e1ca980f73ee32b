// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;

/** One variant's part of a sample. What it hasn't is null; {@code missing} says why there is nothing. */
record VariantSample(Double errors, Double total, List<Double> values, Histogram histogram, String missing) {
    static VariantSample missing(String why) {
        return new VariantSample(null, null, null, null, why);
    }

    static VariantSample counts(Double errors, Double total) {
        return new VariantSample(errors, total, null, null, null);
    }

    static VariantSample values(List<Double> values) {
        return new VariantSample(null, null, values, null, null);
    }

    /** Null without requests: there is no quantile of nothing. */
    private Map<String, Double> quantiles() {
        return histogram == null || histogram.total() == 0 ? null : histogram.levels();
    }

    /** Bounds at which both sides' requests are known: only by such can they be compared. Null if a side has no histogram. */
    private static List<Double> bounds(VariantSample a, VariantSample b) {
        return a.histogram == null || b.histogram == null ? null : Histogram.common(a.histogram, b.histogram);
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
                canary.errors,
                canary.total,
                baseline.errors,
                baseline.total,
                canary.values,
                baseline.values,
                canary.quantiles(),
                baseline.quantiles(),
                bounds,
                bounds == null ? null : canary.histogram.counts(bounds),
                bounds == null ? null : baseline.histogram.counts(bounds),
                missing);
    }
}
