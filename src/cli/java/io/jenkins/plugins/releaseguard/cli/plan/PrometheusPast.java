// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.forecast.HabitReader;
import io.jenkins.plugins.releaseguard.forecast.Habits;
import io.jenkins.plugins.releaseguard.forecast.PastLooks;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What Prometheus remembers of the service's baseline, by the contract's own queries: hours of some weeks for traffic, levels and
 * buckets, minutes of the last day for what comes in clusters and lasts.
 */
final class PrometheusPast {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern SUM_OF_SELECTOR = Pattern.compile("(?s)sum\\s*\\(\\s*([^()]*)\\)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);

    private final RangeQueries queries;
    private final String track;
    private final Instant now;

    /** @param track what {@code $track} stands for on the side that serves every day */
    PrometheusPast(RangeQueries queries, String track, Instant now) {
        this.queries = queries;
        this.track = track;
        this.now = Instant.ofEpochSecond(now.getEpochSecond() / HOUR.toSeconds() * HOUR.toSeconds());
    }

    /** @throws IOException the reason, with what to do */
    Habits read(List<Metric> metrics, int days) throws IOException, InterruptedException {
        List<Event.Looked> hours = looks(metrics, Duration.ofDays(days), HOUR);
        List<Event.Looked> minutes = looks(metrics, Duration.ofDays(1), MINUTE);
        Habits weeks = HabitReader.read(
                metrics,
                hours.stream().map(look -> new PastLooks(List.of(look))).toList(),
                "Prometheus, " + days + " days by the hour");
        return weeks.with(
                HabitReader.read(metrics, List.of(new PastLooks(minutes)), "Prometheus, the last day by the minute"));
    }

    private List<Event.Looked> looks(List<Metric> metrics, Duration back, Duration step)
            throws IOException, InterruptedException {
        Map<Instant, List<Event.Sample>> samples = new TreeMap<>();
        for (Metric metric : metrics) {
            Map<Instant, Event.Sample> of =
                    switch (metric.kind()) {
                        case RATE -> rate(metric, back, step);
                        case LATENCY ->
                            metric.query().histogram().isEmpty()
                                    ? values(metric, back, step)
                                    : buckets(metric, back, step);
                        case GAUGE -> values(metric, back, step);
                        case COUNT -> count(metric, back, step);
                    };
            of.forEach((at, sample) ->
                    samples.computeIfAbsent(at, t -> new ArrayList<>()).add(sample));
        }
        List<Event.Looked> looks = new ArrayList<>();
        samples.forEach((at, list) -> looks.add(new Event.Looked(0, at.minus(step), at, list, null)));
        return looks;
    }

    private Map<Instant, Event.Sample> rate(Metric metric, Duration back, Duration step)
            throws IOException, InterruptedException {
        Map<Instant, Double> errors = sum(metric.query().errors(), back, step);
        Map<Instant, Event.Sample> samples = new HashMap<>();
        sum(metric.query().total(), back, step).forEach((at, total) -> {
            // no series of errors yet is how no error looks
            double bad = Math.min(total, errors.getOrDefault(at, 0.0));
            samples.put(at, sample(metric, bad, total, null, null, null));
        });
        return samples;
    }

    private Map<Instant, Event.Sample> count(Metric metric, Duration back, Duration step)
            throws IOException, InterruptedException {
        Map<Instant, Event.Sample> samples = new HashMap<>();
        sum(metric.query().values(), back, step)
                .forEach((at, n) -> samples.put(at, sample(metric, n, null, null, null, null)));
        return samples;
    }

    private Map<Instant, Event.Sample> values(Metric metric, Duration back, Duration step)
            throws IOException, InterruptedException {
        Map<Instant, List<Double>> values = new HashMap<>();
        String query = metric.query().values().replace("$track", track).replace("$window", step.toSeconds() + "s");
        for (RangeQueries.Points series : ask(query, back, step)) {
            series.at()
                    .forEach((at, v) ->
                            values.computeIfAbsent(at, t -> new ArrayList<>()).add(v));
        }
        Map<Instant, Event.Sample> samples = new HashMap<>();
        values.forEach((at, list) -> samples.put(at, sample(metric, null, null, list, null, null)));
        return samples;
    }

    private Map<Instant, Event.Sample> buckets(Metric metric, Duration back, Duration step)
            throws IOException, InterruptedException {
        String query = metric.query().histogram();
        double factor = SECONDS.containsKey(metric.unit()) ? unitOf(query) / SECONDS.get(metric.unit()) : 1;
        List<RangeQueries.Points> series = ask(increase(query, step, "sum by (le) "), back, step).stream()
                .filter(s -> !s.le().isEmpty())
                .sorted(Comparator.comparingDouble(s -> bound(s.le())))
                .toList();
        if (series.isEmpty()
                || !Double.isInfinite(bound(series.get(series.size() - 1).le()))) {
            return Map.of();
        }
        List<Double> bounds = series.stream()
                .limit(series.size() - 1L)
                .map(s -> bound(s.le()) * factor)
                .toList();
        Map<Instant, Event.Sample> samples = new HashMap<>();
        series.get(series.size() - 1).at().forEach((at, total) -> {
            List<Double> counts = new ArrayList<>();
            double before = 0;
            for (RangeQueries.Points s : series) {
                double upTo = Math.max(before, s.at().getOrDefault(at, before));
                counts.add(upTo - before);
                before = upTo;
            }
            samples.put(at, sample(metric, null, total, null, bounds, counts));
        });
        return samples;
    }

    private static double unitOf(String query) {
        return query.contains("_milliseconds") || query.contains("_ms_") ? 1e-3 : 1;
    }

    private static double bound(String le) {
        try {
            return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Event.Sample sample(
            Metric metric,
            Double errors,
            Double total,
            List<Double> values,
            List<Double> bounds,
            List<Double> buckets) {
        return new Event.Sample(
                metric.id(), null, null, errors, total, null, values, null, null, bounds, null, buckets, null);
    }

    private Map<Instant, Double> sum(String query, Duration back, Duration step)
            throws IOException, InterruptedException {
        Map<Instant, Double> sums = new HashMap<>();
        for (RangeQueries.Points series : ask(increase(query, step, "sum "), back, step)) {
            series.at().forEach((at, v) -> sums.merge(at, Math.max(0, v), Double::sum));
        }
        return sums;
    }

    private List<RangeQueries.Points> ask(String expression, Duration back, Duration step)
            throws IOException, InterruptedException {
        return queries.ask(expression, now.minus(back).plus(step), now, step);
    }

    /** How much a contract's query rose in a step: a counter's selector alone rises, what has a window says so itself. */
    private String increase(String query, Duration step, String sum) {
        String window = step.toSeconds() + "s";
        String text = query.strip();
        boolean own = text.contains("$window");
        var inner = SUM_OF_SELECTOR.matcher(text);
        String selector = inner.matches() ? inner.group(1).strip() : text;
        String rising = own
                ? (text.contains("rate(") ? "(" + text + ") * " + step.toSeconds() : text).replace("$window", window)
                : selector.contains("(") ? text : "increase(" + selector + "[" + window + "])";
        return sum + "(" + rising.replace("$track", track) + ")";
    }
}
