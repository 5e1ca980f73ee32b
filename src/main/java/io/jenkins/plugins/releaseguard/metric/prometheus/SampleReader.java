// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.CountReader.Count;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import io.jenkins.plugins.releaseguard.metric.prometheus.Scrapes.Raw;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes a metric's sample of one look: by its kind, from raw scrapes where the query allows it. */
final class SampleReader {
    private final PrometheusSettings settings;
    private final Scrapes scrapes;
    private final Duration window;
    private final Instant to;
    private final CountReader counts;

    SampleReader(QueryApi api, PrometheusSettings settings, Scrapes scrapes, Instant from, Instant to) {
        this.settings = settings;
        this.scrapes = scrapes;
        this.window = Duration.between(from, to);
        this.to = to;
        this.counts = new CountReader(api, scrapes, window, to);
    }

    /** The selectors whose raw scrapes a metric needs. */
    private List<String> selectors(Metric metric) {
        List<String> selectors = new ArrayList<>();
        for (String text : List.of(
                metric.query().errors(),
                metric.query().total(),
                metric.query().histogram(),
                metric.query().values())) {
            Expression expression = text.equals(metric.query().histogram()) ? histogram(text) : Expression.of(text);
            if (expression.isCounter() && expression.namesTrack() && isRaw(metric, expression)) {
                selectors.add(fill(expression.selector(), settings.canary()));
                selectors.add(fill(expression.selector(), settings.baseline()));
            }
        }
        return selectors;
    }

    /** Has what the metric needs asked, so that all of a look is read close together and before anything is counted. */
    void prepare(Metric metric) {
        selectors(metric).forEach(scrapes::prepare);
    }

    /** Takes in what was asked for by {@link #prepare}. */
    void fetch(Metric metric) throws Pending {
        for (String selector : selectors(metric)) {
            scrapes.fetch(selector);
        }
    }

    Event.Sample sample(Metric metric) throws SourceException, Pending, Unbelievable {
        VariantSample canary;
        try {
            canary = side(metric, settings.canary());
        } catch (Pending e) {
            // the other side's questions go out with this one's
            side(metric, settings.baseline());
            throw e;
        }
        VariantSample baseline = side(metric, settings.baseline());
        return VariantSample.sample(metric.id(), canary, baseline);
    }

    private VariantSample side(Metric metric, String track) throws SourceException, Pending, Unbelievable {
        Metric.Query query = metric.query();
        for (String text : List.of(query.errors(), query.total(), query.histogram(), query.values())) {
            if (!text.isEmpty() && !new QueryText(text).withoutComments().contains("$track")) {
                return VariantSample.missing("the query " + QueryApi.shorten(text)
                        + " has no $track, so both variants would have the same numbers; select one variant"
                        + " with track=\"$track\"");
            }
        }
        return switch (metric.kind()) {
            case RATE -> rate(metric, track);
            case LATENCY -> query.histogram().isEmpty() ? values(metric, track) : latency(metric, track);
            case GAUGE -> values(metric, track);
            case COUNT -> count(metric, track);
        };
    }

    private VariantSample rate(Metric metric, String track) throws SourceException, Pending, Unbelievable {
        Expression errors = Expression.of(metric.query().errors());
        Expression total = Expression.of(metric.query().total());
        Count all = counts.number(total, track);
        if (all.missing() != null) {
            return VariantSample.missing(all.missing());
        }
        Count bad = errors.isCounter() ? counts.errors(errors, total, track) : counts.number(errors, track);
        if (bad.missing() != null) {
            return VariantSample.missing(bad.missing());
        }
        if (bad.value() > all.value() * (1 + 1e-9)) {
            throw new Unbelievable(metric.id() + " has " + bad.value() + " errors among " + all.value()
                    + " requests of the " + track + ": do errors and total select the same requests?");
        }
        return VariantSample.counts(bad.value(), all.value());
    }

    private VariantSample count(Metric metric, String track) throws SourceException, Pending, Unbelievable {
        Expression expression = Expression.of(metric.query().values());
        Count count = expression.increase() || expression.isBareSelector()
                ? counts.number(expression, track)
                : counts.evaluated(expression, track);
        return count.missing() == null
                ? VariantSample.counts(count.value(), null)
                : VariantSample.missing(count.missing());
    }

    /** A native histogram's raw scrapes have no counters: Prometheus takes the difference. */
    private static Expression histogram(String text) {
        Expression expression = Expression.of(text);
        return expression.isNative() ? expression.evaluated() : expression;
    }

    private VariantSample latency(Metric metric, String track) throws SourceException, Pending, Unbelievable {
        Expression named = Expression.of(metric.query().histogram());
        Expression expression = histogram(metric.query().histogram());
        List<CounterIncrease.One> parts;
        if (expression.isCounter()) {
            Count count = counts.number(expression, track);
            if (count.missing() != null) {
                return VariantSample.missing(count.missing());
            }
            parts = counts.parts(expression, track);
        } else {
            parts = new ArrayList<>();
            String text = fill(expression.text(), track);
            for (Series series : expression.mayBeNative() ? scrapes.askAlone(text, to) : scrapes.ask(text, to)) {
                parts.add(new CounterIncrease.One(series.labels(), series.last()));
            }
            if (parts.isEmpty()) {
                return VariantSample.missing("no answer to " + QueryApi.shorten(fill(expression.text(), track)));
            }
        }
        String name = named.isCounter() ? named.metricName() : expression.text().replaceFirst("(?s)_bucket.*", "");
        return LatencySide.of(metric, name, parts, named.isNative());
    }

    private VariantSample values(Metric metric, String track) throws SourceException, Pending {
        Expression expression = Expression.of(metric.query().values());
        List<Double> values = new ArrayList<>();
        if (expression.isBareSelector()) {
            Raw raw = scrapes.fetch(fill(expression.selector(), track));
            for (Series series : raw.series()) {
                Marks.Mark mark = raw.before().get(series.key());
                for (int i = 0; i < series.times().length; i++) {
                    if (Double.isFinite(series.values()[i])
                            && series.times()[i] > (mark == null ? raw.from().toEpochMilli() : mark.time())) {
                        values.add(series.values()[i]);
                    }
                }
            }
            if (values.isEmpty()) {
                return VariantSample.missing(
                        raw.series().isEmpty() && raw.before().isEmpty()
                                ? "no series " + QueryApi.shorten(fill(expression.selector(), track))
                                : "no new scrape since " + raw.since());
            }
            return VariantSample.values(values);
        }
        for (Series series : scrapes.ask(fill(expression.text(), track), to)) {
            if (Double.isFinite(series.last())) {
                values.add(series.last());
            }
        }
        return values.isEmpty()
                ? VariantSample.missing(
                        "no finite number in the answer to " + QueryApi.shorten(fill(expression.text(), track)))
                : VariantSample.values(values);
    }

    private static boolean isRaw(Metric metric, Expression expression) {
        boolean values = expression.text().equals(metric.query().values().strip());
        return !values || expression.isBareSelector() || metric.kind() == Metric.Kind.COUNT && expression.increase();
    }

    private String fill(String query, String track) {
        return Expression.fill(query, track, window);
    }
}
