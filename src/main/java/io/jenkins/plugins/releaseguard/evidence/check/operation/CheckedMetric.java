// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Reads the metric that a check names: one of the contract, or a query of its own. */
final class CheckedMetric {
    private static final int MOST_TENTHS = 9;
    private static final int TENTHS = 10;

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

    /** How far back data must reach: a field of checks that read a period. */
    static Field reaches() {
        return Field.of(
                "reaches", DURATION, "how far back the data must reach, where that is less than nine tenths of it");
    }

    /** Unknown where the data reach back over less of a period than is demanded; null where they do, or nobody can say. */
    static Finding tooYoung(
            Settings settings, Metric metric, MetricReading reading, Duration period, Finding.Builder found) {
        if (reading.since() == null) {
            return null;
        }
        found.looked(reading.looked() + ", data since " + reading.since().truncatedTo(ChronoUnit.SECONDS));
        Duration reached = Duration.between(reading.since(), reading.at());
        Duration demanded = settings.duration("reaches")
                .orElse(period.multipliedBy(MOST_TENTHS).dividedBy(TENTHS));
        return reached.compareTo(demanded) >= 0
                ? null
                : found.unknown(
                        "the data of " + name(metric) + " reach back " + Span.text(reached) + ", and "
                                + Span.text(period) + " are asked for: what was before is not known",
                        "have the metric source keep them for so long (Prometheus: --storage.tsdb.retention.time, 15 d unless"
                                + " set), or ask for a shorter time; where there were none before, say so with reaches: "
                                + written(reached));
    }

    /** As a contract writes a duration, rounded down. */
    private static String written(Duration span) {
        return span.toDays() > 0
                ? span.toDays() + "d"
                : span.toHours() > 0 ? span.toHours() + "h" : span.toMinutes() + "m";
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
