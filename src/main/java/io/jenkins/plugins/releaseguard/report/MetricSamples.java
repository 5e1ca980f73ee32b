// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import io.jenkins.plugins.releaseguard.text.NamedQuantile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One metric's samples over the whole release. */
final class MetricSamples {

    /** A metric's sample of the interval that ended {@code to}, in phase {@code phase}. */
    record Point(int phase, Instant from, Instant to, Event.Sample sample) {}

    /** The quantile that people compare where a metric names none. */
    private static final double USUAL = 0.95;

    private final List<Point> points = new ArrayList<>();

    /** By metric id, in the order first seen. */
    static Map<String, MetricSamples> byMetric(JournalFacts facts) {
        Map<String, MetricSamples> metrics = new LinkedHashMap<>();
        for (Fact<Event.Looked> look : facts.all(Event.Looked.class)) {
            List<Event.Sample> samples = look.event().samples();
            Instant to = look.event().to() == null ? look.at() : look.event().to();
            Instant from = look.event().from() == null ? to : look.event().from();
            for (Event.Sample sample : samples == null ? List.<Event.Sample>of() : samples) {
                metrics.computeIfAbsent(Words.text(sample.metric()), key -> new MetricSamples())
                        .points
                        .add(new Point(look.event().phase(), from, to, sample));
            }
        }
        return metrics;
    }

    List<Point> points() {
        return points;
    }

    /** Errors of totals, and nothing else: a latency's tail has values or quantiles beside them. */
    boolean rate() {
        return points.stream()
                        .anyMatch(p ->
                                p.sample().canaryTotal() != null || p.sample().baselineTotal() != null)
                && points.stream()
                        .noneMatch(p -> present(p.sample().canaryValues())
                                || present(p.sample().baselineValues())
                                || present(p.sample().bounds())
                                || present(p.sample().canaryQuantiles())
                                || present(p.sample().baselineQuantiles()));
    }

    /** How the samples are to be read as the number that the metric's name promises ("p99 latency"). */
    Reading reading(String name) {
        if (rate()) {
            return Reading.RATE;
        }
        double named = NamedQuantile.of(Words.text(name));
        double quantile = Double.isNaN(named) ? USUAL : named;
        String wanted = NamedQuantile.text(quantile);
        List<String> keys = quantileKeys();
        if (points.stream().anyMatch(p -> present(p.sample().bounds()))) {
            return new Reading(wanted, "", quantile, null);
        }
        if (keys.contains(wanted)) {
            return new Reading(wanted, wanted, Double.NaN, null);
        }
        String highest = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
        boolean values = points.stream()
                .anyMatch(p ->
                        present(p.sample().canaryValues()) || present(p.sample().baselineValues()));
        String statistic = highest.isEmpty() && values ? "median" : null;
        return new Reading(highest.isEmpty() ? "level" : highest, highest, Double.NaN, statistic);
    }

    /**
     * {@code kind} is rate, the quantile's name (p95) or level: the quantile under {@code key}, or one to be computed from buckets, or
     * else values, of which {@code statistic} is told; null where the number is none of several values.
     */
    record Reading(String kind, String key, double quantile, String statistic) {
        static final Reading RATE = new Reading("rate", "", Double.NaN, null);

        boolean rate() {
            return this.equals(RATE);
        }

        boolean ofQuantile() {
            return !key.isEmpty() || !Double.isNaN(quantile);
        }
    }

    private List<String> quantileKeys() {
        return points.stream()
                .flatMap(p -> java.util.stream.Stream.of(
                        p.sample().canaryQuantiles(), p.sample().baselineQuantiles()))
                .filter(MetricSamples::present)
                .flatMap(map -> map.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean present(List<Double> values) {
        return values != null && !values.isEmpty();
    }

    private static boolean present(Map<String, Double> values) {
        return values != null && !values.isEmpty();
    }
}
