// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import io.jenkins.plugins.releaseguard.metric.prometheus.Scrapes.Raw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes a metric's sample of one look: by its kind, from raw scrapes where the query allows it. */
final class SampleReader {
    private final QueryApi api;
    private final PrometheusSettings settings;
    private final Scrapes scrapes;
    private final Duration window;
    private final Instant to;

    SampleReader(QueryApi api, PrometheusSettings settings, Scrapes scrapes, Instant from, Instant to) {
        this.api = api;
        this.settings = settings;
        this.scrapes = scrapes;
        this.window = Duration.between(from, to);
        this.to = to;
    }

    /** Fetches what the metric needs, so that all of a look is read close together and before anything is counted. */
    void fetch(Metric metric) throws SourceException, InterruptedException {
        for (String text : List.of(metric.query().errors(), metric.query().total(), metric.query().histogram(), metric.query().values())) {
            Expression expression = Expression.of(text);
            if (expression.isCounter() && expression.namesTrack() && isRaw(metric, expression)) {
                scrapes.fetch(fill(expression.selector(), settings.canary()));
                scrapes.fetch(fill(expression.selector(), settings.baseline()));
            }
        }
    }

    Event.Sample sample(Metric metric) throws SourceException, InterruptedException, Unbelievable {
        Side canary = side(metric, settings.canary());
        Side baseline = side(metric, settings.baseline());
        return Side.sample(metric.id(), canary, baseline);
    }

    private Side side(Metric metric, String track) throws SourceException, InterruptedException, Unbelievable {
        Metric.Query query = metric.query();
        for (String text : List.of(query.errors(), query.total(), query.histogram(), query.values())) {
            if (!text.isEmpty() && !text.contains("$track")) {
                return Side.missing("the query " + QueryApi.shorten(text)
                        + " has no $track, so both variants would have the same numbers; select one variant with track=\"$track\"");
            }
        }
        return switch (metric.kind()) {
            case RATE -> rate(metric, track);
            case LATENCY -> query.histogram().isEmpty() ? values(metric, track) : latency(metric, track);
            case GAUGE -> values(metric, track);
            case COUNT -> count(metric, track);
        };
    }

    private Side rate(Metric metric, String track) throws SourceException, InterruptedException, Unbelievable {
        Expression errors = Expression.of(metric.query().errors());
        Expression total = Expression.of(metric.query().total());
        Count all = number(total, track);
        if (all.missing() != null) {
            return Side.missing(all.missing());
        }
        Count bad = errors.isCounter() ? errors(errors, total, track) : number(errors, track);
        if (bad.missing() != null) {
            return Side.missing(bad.missing());
        }
        if (bad.value() > all.value() * (1 + 1e-9)) {
            throw new Unbelievable(metric.id() + " has " + bad.value() + " errors among " + all.value() + " requests of the " + track
                    + ": do errors and total select the same requests?");
        }
        return Side.counts(bad.value(), all.value());
    }

    /** A number, or why there is none. */
    private record Count(double value, String missing) {}

    private Count number(Expression expression, String track) throws SourceException, InterruptedException, Unbelievable {
        if (!expression.isCounter()) {
            return evaluated(expression, track);
        }
        String selector = fill(expression.selector(), track);
        Raw raw = scrapes.fetch(selector);
        Rise rise = Rise.of(raw, scrapes, api, selector);
        if (rise.fresh()) {
            return new Count(rise.sum(), null);
        }
        if (!rise.isEmpty() || !raw.before().isEmpty()) {
            return new Count(Double.NaN, "no new scrape since " + raw.since());
        }
        if (expression.emptyIsZero() || scrapes.isScraped(fill(expression.trackMatchers(), track))) {
            return new Count(0, null);
        }
        return new Count(Double.NaN, "no series " + QueryApi.shorten(selector) + ", and no up{"
                + fill(expression.trackMatchers(), track) + "} that would tell it is scraped; if it has not counted yet, export it at 0, "
                + "give the target the label, or append `or vector(0)`; else correct the query or the labels of the variants");
    }

    /** The total is fresh here. Errors without a series are none only if the selector could find any. */
    private Count errors(Expression errors, Expression total, String track) throws SourceException, InterruptedException {
        String selector = fill(errors.selector(), track);
        Rise rise = Rise.of(scrapes.fetch(selector), scrapes, api, selector);
        if (!rise.isEmpty() || errors.emptyIsZero() || !total.isCounter()) {
            return new Count(rise.sum(), null);
        }
        if (!errors.metricName().equals(total.metricName())) {
            boolean exists = !scrapes.ask("count(" + errors.metricName() + ')', to).isEmpty();
            return exists
                    ? new Count(0, null)
                    : new Count(Double.NaN, "no series " + errors.metricName()
                            + " at all; export it at 0, or append `or vector(0)` if it comes with the first error");
        }
        List<Series> seen = scrapes.fetch(fill(total.selector(), track)).series();
        for (String label : errors.demandedLabels()) {
            if (!seen.isEmpty() && seen.stream().noneMatch(s -> s.labels().containsKey(label))) {
                return new Count(Double.NaN, "the errors are selected by the label " + label + ", which no series of the total has ("
                        + String.join(", ", seen.get(0).labels().keySet()) + "); correct the query");
            }
        }
        return new Count(0, null);
    }

    /** A query of another shape, as Prometheus evaluates it over the window. */
    private Count evaluated(Expression expression, String track) throws SourceException, InterruptedException, Unbelievable {
        List<Series> answer = scrapes.ask(fill(expression.text(), track), to);
        if (answer.isEmpty()) {
            return new Count(Double.NaN, "no answer to " + QueryApi.shorten(fill(expression.text(), track)) + "; increase() and rate()"
                    + " need two scrapes in the window, and `or vector(0)` makes nothing zero");
        }
        if (answer.size() > 1) {
            return new Count(Double.NaN, answer.size() + " series in the answer to " + QueryApi.shorten(fill(expression.text(), track))
                    + "; put sum() around it");
        }
        double value = answer.get(0).last();
        if (Double.isNaN(value)) {
            return new Count(Double.NaN, "NaN is the answer to " + QueryApi.shorten(fill(expression.text(), track)));
        }
        if (value < 0 || Double.isInfinite(value)) {
            throw new Unbelievable(QueryApi.shorten(fill(expression.text(), track)) + " is " + value + ", which no count can be");
        }
        return new Count(value, null);
    }

    private Side count(Metric metric, String track) throws SourceException, InterruptedException, Unbelievable {
        Expression expression = Expression.of(metric.query().values());
        Count count = expression.increase() || expression.isBareSelector() ? number(expression, track) : evaluated(expression, track);
        return count.missing() == null ? Side.counts(count.value(), null) : Side.missing(count.missing());
    }

    private Side latency(Metric metric, String track) throws SourceException, InterruptedException, Unbelievable {
        Expression expression = Expression.of(metric.query().histogram());
        List<Rise.One> parts;
        if (expression.isCounter()) {
            Count count = number(expression, track);
            if (count.missing() != null) {
                return Side.missing(count.missing());
            }
            String selector = fill(expression.selector(), track);
            parts = Rise.of(scrapes.fetch(selector), scrapes, api, selector).series();
        } else {
            parts = new ArrayList<>();
            for (Series series : scrapes.ask(fill(expression.text(), track), to)) {
                parts.add(new Rise.One(series.labels(), series.last()));
            }
            if (parts.isEmpty()) {
                return Side.missing("no answer to " + QueryApi.shorten(fill(expression.text(), track)));
            }
        }
        String name = expression.isCounter() ? expression.metricName() : expression.text().replaceFirst("(?s)_bucket.*", "");
        return LatencySide.of(metric, name, parts);
    }

    private Side values(Metric metric, String track) throws SourceException, InterruptedException {
        Expression expression = Expression.of(metric.query().values());
        List<Double> values = new ArrayList<>();
        if (expression.isBareSelector()) {
            Raw raw = scrapes.fetch(fill(expression.selector(), track));
            for (Series series : raw.series()) {
                Marks.Mark mark = raw.before().get(series.key());
                for (int i = 0; i < series.times().length; i++) {
                    if (Double.isFinite(series.values()[i]) && series.times()[i] > (mark == null ? raw.from().toEpochMilli() : mark.time())) {
                        values.add(series.values()[i]);
                    }
                }
            }
            if (values.isEmpty()) {
                return Side.missing(
                        raw.series().isEmpty() && raw.before().isEmpty()
                                ? "no series " + QueryApi.shorten(fill(expression.selector(), track))
                                : "no new scrape since " + raw.since());
            }
            return Side.values(values);
        }
        for (Series series : scrapes.ask(fill(expression.text(), track), to)) {
            if (Double.isFinite(series.last())) {
                values.add(series.last());
            }
        }
        return values.isEmpty()
                ? Side.missing("no finite number in the answer to " + QueryApi.shorten(fill(expression.text(), track)))
                : Side.values(values);
    }

    private static boolean isRaw(Metric metric, Expression expression) {
        boolean values = expression.text().equals(metric.query().values().strip());
        return !values || expression.isBareSelector() || metric.kind() == Metric.Kind.COUNT && expression.increase();
    }

    private String fill(String query, String track) {
        return Expression.fill(query, track, window);
    }
}
