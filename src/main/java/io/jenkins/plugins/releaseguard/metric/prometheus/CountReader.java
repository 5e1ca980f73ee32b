// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import io.jenkins.plugins.releaseguard.metric.prometheus.Scrapes.Raw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One variant's number in one look, or the reason why there is none: silence is never zero. */
final class CountReader {
    private final QueryApi api;
    private final Scrapes scrapes;
    private final Duration window;
    private final Instant to;

    CountReader(QueryApi api, Scrapes scrapes, Duration window, Instant to) {
        this.api = api;
        this.scrapes = scrapes;
        this.window = window;
        this.to = to;
    }

    /** A number, or why there is none. */
    record Count(double value, String missing) {}

    /** A counter's rise, or what Prometheus makes of another expression. */
    Count number(Expression expression, String track) throws SourceException, Pending, Unbelievable {
        if (!expression.isCounter()) {
            return evaluated(expression, track);
        }
        String selector = fill(expression.selector(), track);
        Raw raw = scrapes.fetch(selector);
        CounterIncrease rise = CounterIncrease.of(raw, scrapes, api, selector);
        if (rise.fresh()) {
            return new Count(rise.sum(), null);
        }
        if (!rise.isEmpty() || !raw.before().isEmpty()) {
            return new Count(Double.NaN, "no new scrape since " + raw.since());
        }
        if (expression.emptyIsZero() || scrapes.isScraped(fill(expression.trackMatchers(), track))) {
            return new Count(0, null);
        }
        return new Count(
                Double.NaN,
                "no series " + QueryApi.shorten(selector) + ", and no up{"
                        + fill(expression.trackMatchers(), track)
                        + "} that would tell it is scraped; if it has not counted yet, export it at 0, give the target"
                        + " the label, or append `or vector(0)`; else correct the query or the labels of the"
                        + " variants");
    }

    /** The total is fresh here. Errors without a series are none only if the selector could find any. */
    Count errors(Expression errors, Expression total, String track) throws SourceException, Pending {
        String selector = fill(errors.selector(), track);
        CounterIncrease rise = CounterIncrease.of(scrapes.fetch(selector), scrapes, api, selector);
        if (!rise.isEmpty() || errors.emptyIsZero() || !total.isCounter()) {
            return new Count(rise.sum(), null);
        }
        if (!errors.metricName().equals(total.metricName())) {
            boolean exists =
                    !scrapes.ask("count(" + errors.metricName() + ')', to).isEmpty();
            return exists
                    ? new Count(0, null)
                    : new Count(
                            Double.NaN,
                            "no series " + errors.metricName()
                                    + " at all; export it at 0, or append `or vector(0)` if it comes with the first"
                                    + " error");
        }
        List<Series> seen = scrapes.fetch(fill(total.selector(), track)).series();
        for (String label : errors.demandedLabels()) {
            if (!seen.isEmpty() && seen.stream().noneMatch(s -> s.labels().containsKey(label))) {
                return new Count(
                        Double.NaN,
                        "the errors are selected by the label " + label + ", which no series of the total has ("
                                + String.join(", ", seen.get(0).labels().keySet()) + "); correct the query");
            }
        }
        return new Count(0, null);
    }

    /** A query of another shape, as Prometheus evaluates it over the window. */
    Count evaluated(Expression expression, String track) throws SourceException, Pending, Unbelievable {
        List<Series> answer = scrapes.ask(fill(expression.text(), track), to);
        if (answer.isEmpty()) {
            return new Count(
                    Double.NaN,
                    "no answer to " + QueryApi.shorten(fill(expression.text(), track)) + "; increase() and rate()"
                            + " need two scrapes in the window, and `or vector(0)` makes nothing zero");
        }
        if (answer.size() > 1) {
            return new Count(
                    Double.NaN,
                    answer.size() + " series in the answer to " + QueryApi.shorten(fill(expression.text(), track))
                            + "; put sum() around it");
        }
        double value = answer.get(0).last();
        if (Double.isNaN(value)) {
            return new Count(Double.NaN, "NaN is the answer to " + QueryApi.shorten(fill(expression.text(), track)));
        }
        if (value < 0 || Double.isInfinite(value)) {
            throw new Unbelievable(
                    QueryApi.shorten(fill(expression.text(), track)) + " is " + value + ", which no count can be");
        }
        return new Count(value, null);
    }

    List<CounterIncrease.One> parts(Expression expression, String track) throws SourceException, Pending {
        String selector = fill(expression.selector(), track);
        return CounterIncrease.of(scrapes.fetch(selector), scrapes, api, selector)
                .series();
    }

    private String fill(String query, String track) {
        return Expression.fill(query, track, window);
    }
}
