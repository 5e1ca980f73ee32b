// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** Draws both variants of a metric on one scale. A rate's scale begins at zero, others' a little under their least. */
final class SparkView {
    private final Report.Series series;
    private final double low;
    private final double high;

    private SparkView(Report.Series series, boolean fromZero) {
        this.series = series;
        double least = numbers().min().orElse(0);
        double most = numbers().max().orElse(1);
        double room = most > least ? (most - least) * 0.1 : Math.max(Math.abs(most) * 0.1, 1e-9);
        this.low = fromZero && least >= 0 ? 0 : least - room;
        this.high = most + room;
    }

    static Spark of(Report report, Report.Health health) {
        SparkView view = new SparkView(health.series(), health.kind().equals("rate"));
        Instant breach = report.rollback() == null ? null : report.rollback().breachedAt();
        return new Spark(
                view.path(health.series().canary()),
                view.path(health.series().baseline()),
                report.phases().stream()
                        .map(phase -> view.x(phase.startedAt()))
                        .filter(mark -> !mark.isEmpty())
                        .toList(),
                report.phases().stream()
                        .filter(phase -> phase.warmups() != null)
                        .flatMap(phase -> phase.warmups().stream())
                        .map(view::area)
                        .filter(area -> !area.isEmpty())
                        .toList(),
                breach == null ? "" : view.x(breach),
                Words.level(view.numbers().max().orElse(Double.NaN), health.unit()),
                Words.level(view.low == 0 ? 0 : view.numbers().min().orElse(Double.NaN), health.unit()),
                Words.time(health.series().from()),
                Words.time(health.series().to()));
    }

    private DoubleStream numbers() {
        return DoubleStream.concat(numbers(series.canary()), numbers(series.baseline()));
    }

    private static DoubleStream numbers(List<Double> values) {
        return values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue);
    }

    /** A gap breaks the line; a lonely point is a line of no length, which round ends make a dot. */
    private String path(List<Double> values) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            if (value == null) {
                pen = false;
                continue;
            }
            double x = (i + 0.5) / values.size() * Spark.WIDTH;
            double y = Spark.HEIGHT * (1 - (value - low) / (high - low));
            path.append(pen ? "L" : "M").append(at(x)).append(' ').append(at(y));
            boolean lonely = !pen && (i + 1 == values.size() || values.get(i + 1) == null);
            path.append(lonely ? "h0" : "");
            pen = true;
        }
        return path.toString();
    }

    /** Where a moment stands; nothing outside the drawing. */
    private String x(Instant at) {
        double span = Math.max(1, Duration.between(series.from(), series.to()).toMillis());
        double share = Duration.between(series.from(), at).toMillis() / span;
        return share <= 0 || share > 1.02 ? "" : at(Math.min(1, share) * Spark.WIDTH);
    }

    /** The whole height between two moments; nothing where that isn't in the drawing. */
    private String area(Report.Warmup warm) {
        double span = Math.max(1, Duration.between(series.from(), series.to()).toMillis());
        double from = Math.max(0, Duration.between(series.from(), warm.from()).toMillis() / span);
        double to = Math.min(1, Duration.between(series.from(), warm.to()).toMillis() / span);
        return from < to
                ? "M" + at(from * Spark.WIDTH) + " -3H" + at(to * Spark.WIDTH) + "V67H" + at(from * Spark.WIDTH) + "Z"
                : "";
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
