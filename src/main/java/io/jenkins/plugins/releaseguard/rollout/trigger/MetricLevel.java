// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;

/** One number for a metric's variant in one look, in the metric's unit; NaN where the look has none. */
public final class MetricLevel {
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
