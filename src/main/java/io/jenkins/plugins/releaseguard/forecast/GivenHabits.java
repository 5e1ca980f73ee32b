// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Metric;
import java.util.List;

/** Habits of numbers that a person gives, and the assumption that stands in where a latency isn't known. */
public final class GivenHabits {
    /** Prometheus' clients' own, in seconds. */
    private static final List<Double> USUAL_BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double USUAL_MEDIAN = 0.1;
    private static final double USUAL_P99 = 0.32;

    private final double requests;
    private final double errors;
    private final double median;
    private final double p99;

    /**
     * What was given.
     *
     * @param requests a second, above zero
     * @param errors fraction of requests that fail, 0 to below 1
     * @param median of latencies in seconds, NaN where it wasn't given; so is {@code p99}
     */
    public GivenHabits(double requests, double errors, double median, double p99) {
        this.requests = requests;
        this.errors = errors;
        this.median = median;
        this.p99 = p99;
    }

    /** As they are told to people. */
    public Habits habits(List<Metric> metrics) {
        Figure given = new Figure(requests, "as given");
        return new Habits(
                given,
                Figure.unknown("one number tells no quiet hours"),
                Figure.unknown("no past release was given"),
                metrics.stream().map(this::metric).toList());
    }

    private MetricHabit metric(Metric metric) {
        MetricHabit none = MetricHabit.unknown(metric, "one number tells nothing of it");
        boolean latency = metric.kind() == Metric.Kind.LATENCY && !Double.isNaN(median) && !Double.isNaN(p99);
        if (metric.kind() == Metric.Kind.RATE) {
            return known(metric, new Figure(errors, "as given"), none.upper(), null);
        }
        if (!latency) {
            return none;
        }
        double unit = perSecond(metric.unit());
        return known(
                metric,
                new Figure(median * unit, "as given"),
                new Figure(p99 * unit, "as given"),
                ValueShape.lognormal(median * unit, p99 * unit, bounds(metric)));
    }

    private static MetricHabit known(Metric metric, Figure level, Figure upper, ValueShape shape) {
        Figure u = Figure.unknown("one number tells nothing of it");
        return new MetricHabit(metric, level, upper, u, u, u, shape, 20, Lasting.NONE, Lasting.NONE);
    }

    /**
     * The same, with durations of 100 ms (99 % below 320 ms) in the usual buckets where a latency isn't known: without it the forecast
     * would leave out what usually takes longest.
     */
    public static Habits withUsualLatency(Habits habits) {
        return new Habits(
                habits.requests(),
                habits.quiet(),
                habits.warmup(),
                habits.metrics().stream()
                        .map(m -> m.metric().kind() != Metric.Kind.LATENCY || m.shape() != null
                                ? m
                                : m.assuming(usual(m.metric())))
                        .toList());
    }

    private static ValueShape usual(Metric metric) {
        double unit = perSecond(metric.unit());
        return ValueShape.lognormal(USUAL_MEDIAN * unit, USUAL_P99 * unit, bounds(metric));
    }

    private static List<Double> bounds(Metric metric) {
        double unit = perSecond(metric.unit());
        return metric.query().histogram().isEmpty()
                ? List.of()
                : USUAL_BOUNDS.stream().map(b -> b * unit).toList();
    }

    private static double perSecond(String unit) {
        return switch (unit) {
            case "ms" -> 1e3;
            case "us", "µs" -> 1e6;
            case "ns" -> 1e9;
            default -> 1;
        };
    }
}
