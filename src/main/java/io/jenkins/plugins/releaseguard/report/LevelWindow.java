// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How many seconds a metric's levels are of: those of the looks that had it. */
final class LevelWindow {
    /** By phase, until when it warmed up. */
    private final Map<Integer, Instant> warm = new HashMap<>();

    LevelWindow(JournalFacts facts) {
        for (Fact<Event.BakeStarted> bake : facts.all(Event.BakeStarted.class)) {
            Double seconds = bake.event().warmup();
            if (seconds != null && Double.isFinite(seconds)) {
                warm.put(bake.event().phase(), bake.at().plusMillis(Math.round(1000 * seconds)));
            }
        }
    }

    /** Of these samples; null where they have no length. */
    static Double of(List<MetricSamples.Point> points) {
        double seconds = points.stream()
                .filter(point -> point.sample().missing() == null)
                .mapToDouble(point -> JournalFacts.seconds(point.from(), point.to()))
                .sum();
        return seconds > 0 ? (Double) seconds : null;
    }

    /** Of what the judge had before it spoke: the phase so far, without its warm-up. */
    Double of(Fact<Event.Judged> judged, List<MetricSamples.Point> points) {
        int phase = judged.event().phase();
        Instant cold = warm.getOrDefault(phase, Instant.MIN);
        Predicate<MetricSamples.Point> had = point -> point.phase() == phase
                && !point.to().isAfter(judged.at())
                && !point.from().isBefore(cold);
        return of(points.stream().filter(had).toList());
    }
}
