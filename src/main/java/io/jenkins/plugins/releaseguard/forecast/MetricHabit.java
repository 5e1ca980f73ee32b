// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Metric;

/**
 * What a metric usually does while nothing is wrong.
 *
 * @param level a rate's fraction of failed requests, a count's events a second, of values the median in the metric's unit
 * @param upper of values, their 99 % quantile
 * @param clusters of errors: variance over mean, 1 where each comes alone
 * @param persistence correlation of a look's deviation with the next one's
 * @param sides the same of the difference between canary and baseline, which alone deceives a judge
 * @param shape null where the values aren't known
 * @param values number of values a side and look; NaN where each request is one
 * @param together how the level of both sides wanders
 * @param apart how the canary's wanders by itself
 */
public record MetricHabit(
        Metric metric,
        Figure level,
        Figure upper,
        Figure clusters,
        Figure persistence,
        Figure sides,
        ValueShape shape,
        double values,
        Lasting together,
        Lasting apart) {

    /** Whether enough is known, or could be assumed, to simulate it. */
    public boolean simulated() {
        return switch (metric.kind()) {
            case RATE, COUNT -> level.known();
            case LATENCY, GAUGE -> shape != null;
        };
    }

    /** Whether its harm is a number of requests that fail or are too slow. */
    boolean costsRequests() {
        return switch (metric.kind()) {
            case RATE -> metric.worse() != Metric.Worse.LOWER;
            case LATENCY -> !Double.isNaN(metric.query().limit());
            case COUNT, GAUGE -> false;
        };
    }

    /** Share of requests that fail, or are beyond the limit of what is too slow; NaN where it isn't known. */
    double failing() {
        if (!costsRequests()) {
            return Double.NaN;
        }
        return metric.kind() == Metric.Kind.RATE
                ? level.value()
                : shape == null ? Double.NaN : shape.beyond(metric.query().limit());
    }

    /** How much more unevenly its events come than one by one; 1 where nobody knows. */
    double burst() {
        return clusters.known() ? Math.max(1, clusters.value()) : 1;
    }

    /** Nothing is known of it, for one reason. */
    static MetricHabit unknown(Metric metric, String why) {
        Figure u = Figure.unknown(why);
        return new MetricHabit(metric, u, u, u, u, u, null, Double.NaN, Lasting.NONE, Lasting.NONE);
    }

    /** The same, simulated by what is assumed of its values. */
    MetricHabit assuming(ValueShape other) {
        return new MetricHabit(metric, level, upper, clusters, persistence, sides, other, values, together, apart);
    }

    /** The same, with clusters and persistence as closer looks show them. */
    MetricHabit with(MetricHabit closer) {
        return new MetricHabit(
                metric,
                level,
                upper,
                closer.clusters,
                closer.persistence,
                closer.sides,
                shape,
                values,
                closer.together,
                closer.apart);
    }
}
