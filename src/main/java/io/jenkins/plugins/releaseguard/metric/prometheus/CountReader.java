// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.promql.Dimension;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import io.jenkins.plugins.releaseguard.metric.prometheus.Scrapes.Raw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One variant's number in one look, or the reason why there is none: silence is never zero. A query that is a sum of counters' rises is
 * counted from raw scrapes, any other as Prometheus evaluates it over the look.
 */
final class CountReader {
    private final QueryApi api;
    private final PrometheusSettings settings;
    private final Scrapes scrapes;
    private final Duration window;
    private final Instant to;

    CountReader(QueryApi api, PrometheusSettings settings, Scrapes scrapes, Duration window, Instant to) {
        this.api = api;
        this.settings = settings;
        this.scrapes = scrapes;
        this.window = window;
        this.to = to;
    }

    /** A number, or why there is none. */
    record Count(double value, String missing) {}

    /** What a query counts, of which one that has no series on either side is none. */
    Count total(QueryReading query, String track) throws SourceException, Pending, Unbelievable {
        return sum(query, track, term -> number(term, track, false));
    }

    /** The same of things that may not have happened yet: {@code or vector(0)} says that no series is none. */
    Count things(QueryReading query, String track) throws SourceException, Pending, Unbelievable {
        return sum(query, track, term -> number(term, track, true));
    }

    /** The same of errors, whose total is fresh. */
    Count errors(QueryReading query, QueryReading total, String track) throws SourceException, Pending, Unbelievable {
        List<Expression> totals = Expression.terms(total);
        return sum(query, track, term -> errors(term, totals, track));
    }

    @FunctionalInterface
    private interface OneTerm {
        Count of(Expression term) throws SourceException, Pending;
    }

    private Count sum(QueryReading query, String track, OneTerm read) throws SourceException, Pending, Unbelievable {
        if (!query.isRaw()) {
            return evaluated(query, track);
        }
        double sum = 0;
        List<Expression> terms = Expression.terms(query);
        for (int i = 0; i < terms.size(); i++) {
            Count one = read.of(terms.get(i));
            if (one.missing() != null) {
                return one;
            }
            sum += query.terms().get(i).sign() * one.value();
        }
        return whole(query, sum);
    }

    private static Count whole(QueryReading query, double sum) {
        if (sum >= 0 || query.floor()) {
            return new Count(Math.max(0, sum), null);
        }
        return new Count(
                Double.NaN,
                QueryApi.shorten(query.text()) + " comes to " + sum
                        + ", which no count can be: does what is taken away belong to the rest?");
    }

    /**
     * A counter's rise.
     *
     * @param rare whether it is of what may not have happened yet: a side that is scraped and has no series has none of it then.
     *     Of requests no series is no data, and never 0 of 0
     */
    private Count number(Expression term, String track, boolean rare) throws SourceException, Pending {
        String selector = fill(term.selector(), track);
        Raw raw = scrapes.fetch(selector);
        CounterIncrease rise = CounterIncrease.of(raw, scrapes, api, selector);
        if (rise.fresh()) {
            return new Count(rise.sum(), null);
        }
        if (!rise.isEmpty() || !raw.before().isEmpty()) {
            return new Count(Double.NaN, "no new scrape since " + raw.since());
        }
        String other = fill(term.selector(), track.equals(settings.canary()) ? settings.baseline() : settings.canary());
        Raw beside = scrapes.fetch(other);
        if (!(rare && term.emptyIsZero())
                && beside.series().isEmpty()
                && beside.before().isEmpty()) {
            return new Count(
                    Double.NaN,
                    "no series " + QueryApi.shorten(selector) + ", nor " + QueryApi.shorten(other)
                            + ": no series is no data, and not 0; correct the name and the labels of the query, or, if"
                            + " nothing has counted yet, export it at 0");
        }
        if (term.emptyIsZero() || rare && scrapes.isScraped(fill(term.trackMatchers(), track))) {
            return new Count(0, null);
        }
        if (!rare) {
            return new Count(
                    Double.NaN,
                    "no series " + QueryApi.shorten(selector) + ", while there is " + QueryApi.shorten(other)
                            + ": no series is no data, and not 0; let it export its requests at 0 from its start, or append"
                            + " `or vector(0)`");
        }
        return new Count(
                Double.NaN,
                "no series " + QueryApi.shorten(selector) + ", and no up{"
                        + fill(term.trackMatchers(), track)
                        + "} that would tell it is scraped; if it has not counted yet, export it at 0, give the target"
                        + " the label, or append `or vector(0)`; else correct the query or the labels of the"
                        + " variants");
    }

    /** Errors without a series are none only if the selector could find any. */
    private Count errors(Expression term, List<Expression> totals, String track) throws SourceException, Pending {
        String selector = fill(term.selector(), track);
        CounterIncrease rise = CounterIncrease.of(scrapes.fetch(selector), scrapes, api, selector);
        if (!rise.isEmpty() || term.emptyIsZero()) {
            return new Count(rise.sum(), null);
        }
        Expression total = totals.stream()
                .filter(t -> t.metricName().equals(term.metricName()))
                .findFirst()
                .orElse(null);
        if (total == null) {
            boolean exists = !term.metricName().isEmpty()
                    && !scrapes.ask("count(" + term.metricName() + ')', to).isEmpty();
            return exists
                    ? new Count(0, null)
                    : new Count(
                            Double.NaN,
                            "no series " + QueryApi.shorten(term.metricName().isEmpty() ? selector : term.metricName())
                                    + " at all; export it at 0, or append `or vector(0)` if it comes with the first"
                                    + " error");
        }
        List<Series> seen = scrapes.fetch(fill(total.selector(), track)).series();
        for (String label : term.demandedLabels()) {
            if (!seen.isEmpty() && seen.stream().noneMatch(s -> s.labels().containsKey(label))) {
                return new Count(
                        Double.NaN,
                        "the errors are selected by the label " + label + ", which no series of the total has ("
                                + String.join(", ", seen.get(0).labels().keySet()) + "); correct the query");
            }
        }
        return new Count(0, null);
    }

    /** A query of another shape, as Prometheus evaluates it over the window; what is per second counts for as many seconds. */
    private Count evaluated(QueryReading query, String track) throws SourceException, Pending, Unbelievable {
        String expression = fill(query.text(), track);
        List<Series> answer = scrapes.ask(expression, to);
        if (answer.isEmpty()) {
            return new Count(
                    Double.NaN,
                    "no answer to " + QueryApi.shorten(expression) + "; increase() and rate()"
                            + " need two scrapes in the window, and `or vector(0)` makes nothing zero");
        }
        if (answer.size() > 1) {
            return new Count(
                    Double.NaN,
                    answer.size() + " series in the answer to " + QueryApi.shorten(expression)
                            + "; put sum() around it");
        }
        double value = answer.get(0).last();
        if (Double.isNaN(value)) {
            return new Count(Double.NaN, "NaN is the answer to " + QueryApi.shorten(expression));
        }
        if (value < 0 || Double.isInfinite(value)) {
            throw new Unbelievable(QueryApi.shorten(expression) + " is " + value + ", which no count can be");
        }
        return new Count(value * looks(query.dimension()), null);
    }

    /** How many of a rate's times the look has; 1 for what is of the look. */
    double looks(Dimension dimension) {
        return dimension != null && dimension.kind() == Dimension.Kind.RATE
                ? window.toMillis() / 1000.0 / dimension.per()
                : 1;
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
