// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks when the oldest sample of a period was taken, of either variant: {@code increase} over thirty days of which Prometheus keeps fifteen is
 * that of fifteen, and looks like any other. A subquery's steps are so many that what is between them doesn't matter.
 */
final class OldestSample {
    private static final int STEPS = 200;

    private OldestSample() {}

    /** Null where no query names a series. */
    static Question question(Metric metric, PrometheusSettings settings, Instant from, Instant to) {
        Set<String> selectors = selectors(metric, settings);
        Duration period = Duration.between(from, to);
        String range = '[' + Expression.millis(period) + ':' + Expression.millis(step(period)) + ']';
        return selectors.isEmpty()
                ? null
                : new Question(
                        selectors.stream()
                                .map(selector -> "min_over_time(timestamp(" + selector + ")" + range + ')')
                                .collect(Collectors.joining(" or ", "min(", ")")),
                        Duration.ZERO,
                        to,
                        true);
    }

    /** Whole seconds, as Prometheus aligns the steps. */
    private static Duration step(Duration period) {
        return Duration.ofSeconds(Math.max(1, period.dividedBy(STEPS).toSeconds()));
    }

    /** Those that count all: of errors there may have been none. */
    private static Set<String> selectors(Metric metric, PrometheusSettings settings) {
        Metric.Query query = metric.query();
        return Stream.of(query.total(), query.histogram(), query.values(), query.errors())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> QuerySeries.of(text).selectors().stream()
                        .map(QuerySeries.One::text)
                        .flatMap(selector -> Stream.of(settings.baseline(), settings.canary())
                                .map(track -> Expression.fill(selector, track, Duration.ZERO)))
                        .collect(Collectors.toCollection(LinkedHashSet::new)))
                .orElseGet(LinkedHashSet::new);
    }

    /** Series that have no sample in the period reach back over none of it. */
    static Instant of(List<Series> answer, Instant from, Instant to) {
        if (answer.isEmpty() || !Double.isFinite(answer.get(0).last())) {
            return to;
        }
        Instant oldest = Instant.ofEpochMilli(Math.round(answer.get(0).last() * 1000));
        return oldest.isBefore(from) ? from : oldest.isAfter(to) ? to : oldest;
    }
}
