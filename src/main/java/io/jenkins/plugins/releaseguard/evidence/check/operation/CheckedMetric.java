// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;

/** Reads the metric that a check names: one of the contract, or a query of its own. */
final class CheckedMetric {
    private CheckedMetric() {}

    static MetricReading read(Settings settings, CheckContext context, Duration window, String track)
            throws IOException, InterruptedException {
        return context.metrics().read(metric(settings, context), window, track);
    }

    static Metric metric(Settings settings, CheckContext context) throws IOException {
        String id = settings.text("metric");
        if (!id.isEmpty()) {
            return context.contract()
                    .metric(id)
                    .orElseThrow(() -> new UnavailableException(
                            "the contract has no metric '" + id + "'", "add it under metrics, or name one of those"));
        }
        String query = settings.text("query");
        if (query.isEmpty() || settings.text("source").isEmpty()) {
            throw new UnavailableException(
                    "the check names no metric, and no query with its source",
                    "name a metric, or a query and a source");
        }
        return new Metric(
                "",
                query,
                Metric.Kind.GAUGE,
                "",
                settings.text("source"),
                Metric.Worse.EITHER,
                false,
                false,
                "",
                1,
                Margin.NONE,
                new Metric.Query("", "", "", query, Double.NaN),
                null,
                settings.at("query"));
    }

    /** What people call it; a query of the check's own by what it asks. */
    static String name(Metric metric) {
        return metric.name() == null || metric.name().isEmpty() ? metric.id() : metric.name();
    }

    /** What a reading is of: "the mean of cpu over 5 min", "p99 of latency over 5 min". */
    static String over(Metric metric, String name, Duration window) {
        boolean values = metric.kind() == Metric.Kind.GAUGE
                || metric.kind() == Metric.Kind.LATENCY
                        && metric.query().histogram().isEmpty();
        return (values ? "the mean of " : "") + name + " over " + Span.text(window);
    }

    /** The unit in which a reading comes: a rate is a fraction, times are turned to seconds by {@link #value}. */
    static String unit(Metric metric) {
        return switch (metric.kind()) {
            case RATE -> "%";
            case LATENCY -> "s";
            default -> time(metric.unit()) ? "s" : metric.unit().equals("%") ? "%" : "";
        };
    }

    /** The reading in {@link #unit}. */
    static double value(Metric metric, double value) {
        String unit = metric.unit() == null ? "" : metric.unit();
        return switch (unit) {
            case "ms" -> value / 1e3;
            case "us", "µs" -> value / 1e6;
            case "%" -> metric.kind() == Metric.Kind.RATE ? value : value / 100;
            default -> value;
        };
    }

    private static boolean time(String unit) {
        return unit.equals("ms") || unit.equals("s") || unit.equals("us") || unit.equals("µs");
    }
}
