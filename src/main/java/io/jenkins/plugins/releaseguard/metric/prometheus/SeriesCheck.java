// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries.One;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether Prometheus has each series that the contract's queries are about, of the last good version, and scraped it lately: by the
 * instant queries {@code timestamp} and {@code count} ("Querying basics", "Query functions"), whose look-back is five minutes.
 */
final class SeriesCheck {
    private final PrometheusSettings settings;
    private final Answers answers;
    private final Instant since;
    private final Instant at;
    private final SeriesNames names;

    /** @param hints whether it is asked what is there instead */
    SeriesCheck(PrometheusSettings settings, Answers answers, Instant since, Instant at, boolean hints) {
        this.settings = settings;
        this.answers = answers;
        this.since = since;
        this.at = at;
        this.names = new SeriesNames(settings, answers, at, hints);
    }

    /** What speaks against a metric; all that is to be asked is noted before this throws. */
    List<Finding> of(Metric metric) throws Pending {
        List<Finding> findings = new ArrayList<>();
        Set<String> lacking = new HashSet<>();
        Pending pending = null;
        // the total first: what it lacks isn't said again of the errors
        for (String field : List.of("total", "errors", "histogram", "values")) {
            QueryReading query = MetricQueries.of(metric, field);
            try {
                findings.addAll(query == null ? List.of() : of(metric, query, lacking));
            } catch (Pending e) {
                pending = e;
            }
        }
        if (pending != null) {
            throw pending;
        }
        return findings;
    }

    private List<Finding> of(Metric metric, QueryReading query, Set<String> lacking) throws Pending {
        if (query.fault() != null && !query.fault().doubt()) {
            return List.of(new Finding(
                    metric.id(),
                    true,
                    query.field() + " can't be read: " + query.fault().message(),
                    query.fault().fix()));
        }
        QuerySeries series = QuerySeries.of(query.text());
        List<Finding> findings = new ArrayList<>();
        Pending pending = null;
        for (One one : series.selectors()) {
            try {
                Finding finding = of(metric, query, one, isNeeded(metric, query, one));
                if (finding != null && (one.name().isEmpty() || lacking.add(one.name()))) {
                    findings.add(finding);
                }
            } catch (Pending e) {
                pending = e;
            }
        }
        if (pending != null) {
            throw pending;
        }
        boolean enough = series.any() && findings.size() < series.selectors().size();
        return enough ? List.of() : findings;
    }

    /**
     * What is only counted when it happens may not have happened yet: errors of a name that has other series, and what the query
     * itself takes for nothing.
     */
    private boolean isNeeded(Metric metric, QueryReading query, One one) {
        boolean zero = query.terms().stream().anyMatch(t -> t.selector().equals(one.text()) && t.orZero());
        boolean mayBeNone = query.field().equals("errors") || metric.kind() == Metric.Kind.COUNT;
        return !(mayBeNone && zero);
    }

    private Finding of(Metric metric, QueryReading query, One one, boolean needed) throws Pending {
        String selector = filled(one.text());
        boolean byName = query.field().equals("errors") && !one.name().isEmpty();
        List<Series> seen = answers.get(now("max(timestamp(" + selector + "))"));
        if (!seen.isEmpty()) {
            return isOf(seen, since)
                    ? null
                    : old(metric, query, selector, seen.get(0).last());
        }
        if (byName) {
            List<Series> any = names.same(one);
            if (!any.isEmpty()) {
                String never = names.never(one, any);
                return never == null
                        ? null
                        : new Finding(
                                metric.id(), true, "errors: " + never, "correct the query: no error would ever count");
            }
        }
        return new Finding(
                metric.id(),
                needed,
                query.field() + ": no series " + QueryApi.shorten(selector) + names.instead(one),
                needed
                        ? "correct the query, or the labels of the variants; if nothing has counted yet, export it at 0"
                        : "if it comes with the first one, all is well; else correct the name");
    }

    private static boolean isOf(List<Series> seen, Instant since) {
        return seen.get(0).last() * 1000 >= since.toEpochMilli() - 1;
    }

    private Finding old(Metric metric, QueryReading query, String selector, double last) {
        Duration age = Duration.ofMillis(Math.max(0, at.toEpochMilli() - Math.round(last * 1000)));
        return new Finding(
                metric.id(),
                true,
                query.field() + ": the last scrape of " + QueryApi.shorten(selector) + " is "
                        + String.format(Locale.ROOT, "%.0f s", age.toMillis() / 1000.0)
                        + " old, and silence of " + Span.text(Duration.between(since, at)) + " is borne",
                "see whether its target is scraped, and how often; set noData: above the time between two scrapes, or"
                        + " compare the clocks of Prometheus and Jenkins");
    }

    private Answers.Question now(String expression) {
        return new Answers.Question(expression, Duration.ZERO, at);
    }

    private String filled(String text) {
        return text.replace("$track", settings.baseline());
    }
}
