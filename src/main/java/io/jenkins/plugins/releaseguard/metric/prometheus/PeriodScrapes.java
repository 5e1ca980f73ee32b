// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import io.jenkins.plugins.releaseguard.metric.prometheus.Marks.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands for the scrapes of a period that is too long to read them: Prometheus sums up by how much the counters rose in it, and takes the
 * mean of gauges. One point a series then says it all. {@code increase} extrapolates to the period's ends by a scrape at most.
 */
final class PeriodScrapes extends Scrapes {
    /** By how much of the whole a bucket may seem to hold less than a smaller one, as each is extrapolated by itself. */
    private static final double EXTRAPOLATED = 1e-3;

    private final Instant from;
    private final Instant to;
    private final String window;
    private final String labels;
    private final Set<String> gauges;

    PeriodScrapes(Answers answers, Instant from, Instant to, Metric metric, PrometheusSettings settings) {
        super(answers, from, to, Marks.NONE);
        this.from = from;
        this.to = to;
        this.window = Expression.millis(Duration.between(from, to));
        this.labels = String.join(", ", labels(metric));
        this.gauges = gauges(metric, settings);
    }

    /** Why a metric can't be read over a period; null where it can. */
    static String fault(Metric metric) {
        return texts(metric)
                .filter(text -> RangeText.hasOther(text, "$window"))
                .map(text -> "the query " + QueryApi.shorten(text)
                        + " looks back over a time of its own, which says nothing of"
                        + " a whole period; write [$window] there")
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> texts(Metric metric) {
        Metric.Query query = metric.query();
        return Stream.of(query.errors(), query.total(), query.histogram(), query.values())
                .filter(text -> !text.isEmpty());
    }

    /** Those by which one is selected are kept, as others are asked whether they have them at all. */
    private static Set<String> labels(Metric metric) {
        Set<String> labels = new TreeSet<>(Set.of("le"));
        texts(metric).map(Expression::of).filter(Expression::isCounter).forEach(e -> labels.addAll(e.demandedLabels()));
        return labels;
    }

    private static Set<String> gauges(Metric metric, PrometheusSettings settings) {
        Expression values = Expression.of(metric.query().values());
        Set<String> gauges = new HashSet<>();
        if (metric.kind() != Metric.Kind.COUNT && values.isBareSelector()) {
            for (String track : List.of(settings.canary(), settings.baseline())) {
                gauges.add(Expression.fill(values.selector(), track, Duration.ZERO));
            }
        }
        return gauges;
    }

    private String query(String selector) {
        return gauges.contains(selector)
                ? "avg_over_time(" + selector + '[' + window + "])"
                : "sum by (" + labels + ") (increase(" + selector + '[' + window + "]))";
    }

    @Override
    Raw fetch(String selector) throws Pending {
        List<Series> all = askAlone(query(selector), to);
        if (gauges.contains(selector)) {
            return new Raw(Map.of(), all, from);
        }
        Map<String, Mark> zero = new HashMap<>();
        all.forEach(series -> zero.put(series.key(), new Mark(from.toEpochMilli(), 0, series.target())));
        return new Raw(zero, cumulative(all), from);
    }

    @Override
    void prepare(String selector) {
        want(new Question(query(selector), Duration.ZERO, to, true));
    }

    /** Buckets that are extrapolated one by one may fall below a smaller one by a hair, which the requests did not. */
    private static List<Series> cumulative(List<Series> all) {
        Map<Map<String, String>, List<Series>> histograms = all.stream()
                .filter(series -> bound(series) != null)
                .collect(Collectors.groupingBy(PeriodScrapes::others));
        List<Series> mended = new ArrayList<>(
                all.stream().filter(series -> bound(series) == null).toList());
        for (List<Series> buckets : histograms.values()) {
            List<Series> sorted = buckets.stream()
                    .sorted(Comparator.comparing((Function<Series, Double>) PeriodScrapes::bound))
                    .toList();
            double slack = EXTRAPOLATED * sorted.get(sorted.size() - 1).last();
            double below = 0;
            for (Series bucket : sorted) {
                double held = bucket.last();
                boolean hair = held < below && held >= below - slack;
                double value = hair ? below : held;
                mended.add(new Series(bucket.name(), bucket.labels(), bucket.times(), new double[] {value}));
                below = Math.max(below, value);
            }
        }
        return mended;
    }

    private static Map<String, String> others(Series bucket) {
        Map<String, String> labels = new HashMap<>(bucket.labels());
        labels.remove("le");
        return labels;
    }

    private static Double bound(Series series) {
        String le = series.label("le");
        try {
            return le.isEmpty()
                    ? null
                    : le.equals("+Inf") ? Double.valueOf(Double.POSITIVE_INFINITY) : Double.valueOf(le);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
