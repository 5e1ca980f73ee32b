// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
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
        this.counts = new CountReader(api, settings, scrapes, window, to);
    }

    /** The selectors whose raw scrapes a metric needs. */
    private List<String> selectors(Metric metric) {
        List<String> selectors = new ArrayList<>();
        for (QueryReading query : MetricQueries.of(metric)) {
            for (Expression term : raw(metric, query)) {
                if (term.namesTrack()) {
                    selectors.add(fill(term.selector(), settings.canary()));
                    selectors.add(fill(term.selector(), settings.baseline()));
                }
            }
        }
        return selectors;
    }

    /** What is counted, or read, scrape by scrape. A native histogram's raw scrapes have no counters: Prometheus takes the difference. */
    private static List<Expression> raw(Metric metric, QueryReading query) {
        if (isRefused(query)) {
            return List.of();
        }
        Expression whole = Expression.of(query.text());
        if (query.field().equals("values") && metric.kind() != Metric.Kind.COUNT) {
            return whole.isBareSelector() ? List.of(whole) : List.of();
        }
        return query.field().equals("histogram") && whole.isNative() ? List.of() : Expression.terms(query);
    }

    private static boolean isRefused(QueryReading query) {
        return query.fault() != null && !query.fault().doubt();
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
        for (QueryReading read : MetricQueries.of(metric)) {
            if (isRefused(read)) {
                return VariantSample.missing(read.field() + " can't be read: "
                        + read.fault().message() + "; " + read.fault().fix());
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
        QueryReading errors = MetricQueries.of(metric, "errors");
        QueryReading total = MetricQueries.of(metric, "total");
        Count all = counts.total(total, track);
        if (all.missing() != null) {
            return VariantSample.missing(all.missing());
        }
        Count bad = counts.errors(errors, total, track);
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
        Count count = counts.things(MetricQueries.of(metric, "values"), track);
        return count.missing() == null
                ? VariantSample.counts(count.value(), null)
                : VariantSample.missing(count.missing());
    }

    private VariantSample latency(Metric metric, String track) throws SourceException, Pending, Unbelievable {
        QueryReading query = MetricQueries.of(metric, "histogram");
        Expression whole = Expression.of(query.text());
        List<Expression> terms = raw(metric, query);
        List<CounterIncrease.One> parts = new ArrayList<>();
        if (terms.isEmpty()) {
            String text = fill(query.text(), track);
            for (Series series : whole.mayBeNative() ? scrapes.askAlone(text, to) : scrapes.ask(text, to)) {
                parts.add(new CounterIncrease.One(series.labels(), series.last() * counts.looks(query.dimension())));
            }
            if (parts.isEmpty()) {
                return VariantSample.missing("no answer to " + QueryApi.shorten(text));
            }
        } else {
            Count count = counts.total(query, track);
            if (count.missing() != null) {
                return VariantSample.missing(count.missing());
            }
            for (Expression term : terms) {
                parts.addAll(counts.parts(term, track));
            }
        }
        String name = whole.isCounter()
                ? whole.metricName()
                : terms.isEmpty()
                        ? query.text().replaceFirst("(?s)_bucket.*", "_bucket")
                        : terms.get(0).metricName();
        return LatencySide.of(metric, name, parts, whole.isNative());
    }

    private VariantSample values(Metric metric, String track) throws SourceException, Pending {
        Expression expression = Expression.of(metric.query().values());
        List<Double> values = new ArrayList<>();
        List<Double> odd = new ArrayList<>();
        if (expression.isBareSelector()) {
            Raw raw = scrapes.fetch(fill(expression.selector(), track));
            for (Series series : raw.series()) {
                Marks.Mark mark = raw.before().get(series.key());
                for (int i = 0; i < series.times().length; i++) {
                    if (series.times()[i] > (mark == null ? raw.from().toEpochMilli() : mark.time())) {
                        (Double.isFinite(series.values()[i]) ? values : odd).add(series.values()[i]);
                    }
                }
            }
            if (values.isEmpty() && !odd.isEmpty()) {
                return VariantSample.missing(
                        odd(odd.get(0)) + " is the value of " + QueryApi.shorten(fill(expression.selector(), track)));
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
            (Double.isFinite(series.last()) ? values : odd).add(series.last());
        }
        if (!values.isEmpty()) {
            return VariantSample.values(values);
        }
        String asked = QueryApi.shorten(fill(expression.text(), track));
        return VariantSample.missing(
                odd.isEmpty()
                        ? "no answer to " + asked + ": no series is no data"
                        : odd(odd.get(0)) + " is the answer to " + asked
                                + ": nothing was divided by nothing, or there was nothing to take a quantile of");
    }

    private static String odd(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }

    private String fill(String query, String track) {
        return Expression.fill(query, track, window);
    }
}
