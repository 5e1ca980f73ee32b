// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.report.Facts.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One metric's samples over the whole release. */
final class MetricSamples {

    /** A metric's sample of the interval that ended {@code to}, in phase {@code phase}. */
    record Point(int phase, Instant from, Instant to, Event.Sample sample) {}

    private final List<Point> points = new ArrayList<>();

    /** By metric id, in the order first seen. */
    static Map<String, MetricSamples> byMetric(Facts facts) {
        Map<String, MetricSamples> metrics = new LinkedHashMap<>();
        for (Fact<Event.Looked> look : facts.all(Event.Looked.class)) {
            List<Event.Sample> samples = look.event().samples();
            Instant to = look.event().to() == null ? look.at() : look.event().to();
            Instant from = look.event().from() == null ? to : look.event().from();
            for (Event.Sample sample : samples == null ? List.<Event.Sample>of() : samples) {
                metrics.computeIfAbsent(sample.metric(), key -> new MetricSamples())
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
                                || present(p.sample().canaryQuantiles())
                                || present(p.sample().baselineQuantiles()));
    }

    /** The quantile that the metric's name promises ("p99 latency"), or else the highest there is; "" for none. */
    String quantile(String name) {
        List<String> keys = points.stream()
                .flatMap(p -> java.util.stream.Stream.of(
                        p.sample().canaryQuantiles(), p.sample().baselineQuantiles()))
                .filter(MetricSamples::present)
                .flatMap(map -> map.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        String lower = Facts.text(name).toLowerCase(Locale.ROOT);
        return keys.stream()
                .filter(key -> lower.contains(key.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(keys.isEmpty() ? "" : keys.get(keys.size() - 1));
    }

    private static boolean present(List<Double> values) {
        return values != null && !values.isEmpty();
    }

    private static boolean present(Map<String, Double> values) {
        return values != null && !values.isEmpty();
    }
}
