// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;

/** One variant's part of a sample. What it hasn't is null; {@code missing} says why there is nothing. */
record Side(
        Double errors,
        Double total,
        List<Double> values,
        Map<String, Double> quantiles,
        List<Double> bounds,
        List<Double> buckets,
        String missing) {
    static Side missing(String why) {
        return new Side(null, null, null, null, null, null, why);
    }

    static Side counts(Double errors, Double total) {
        return new Side(errors, total, null, null, null, null, null);
    }

    static Side values(List<Double> values) {
        return new Side(null, null, values, null, null, null, null);
    }

    static Event.Sample sample(String metric, Side canary, Side baseline) {
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
        // buckets of different bounds can't be compared
        boolean alike = canary.bounds != null && canary.bounds.equals(baseline.bounds);
        return new Event.Sample(
                metric,
                canary.errors,
                canary.total,
                baseline.errors,
                baseline.total,
                canary.values,
                baseline.values,
                canary.quantiles,
                baseline.quantiles,
                alike ? canary.bounds : null,
                alike ? canary.buckets : null,
                alike ? baseline.buckets : null,
                missing);
    }
}
