// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the journals of a fleet say of a span of time.
 *
 * @param asked how much later than an interval after the look before each look was asked, in seconds
 * @param heard how much later than it was due each look was in the state, the source's own time included
 * @param failed looks without an answer
 * @param late how often a release told that its looks wait
 */
public record FleetFigures(
        int releases,
        int looks,
        Quantiles asked,
        Quantiles heard,
        Quantiles heardSlow,
        int failed,
        int late,
        List<String> odd) {

    private static final int MOST_TOLD = 20;

    /** @param interval between two looks */
    public static FleetFigures of(List<Path> journals, Instant from, Instant to, Duration interval) throws IOException {
        List<Double> asked = new ArrayList<>();
        List<Double> heard = new ArrayList<>();
        List<Double> slow = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        int failed = 0;
        int late = 0;
        for (int i = 0; i < journals.size(); i++) {
            for (Stamped stamped : JournalReader.read(journals.get(i)).events()) {
                if (stamped.wall().isBefore(from) || stamped.wall().isAfter(to)) {
                    continue;
                }
                if (stamped.event() instanceof Event.Looked look) {
                    Instant due = look.from().plus(interval);
                    asked.add(seconds(due, look.to()));
                    (FakeFleet.isSlow(i) ? slow : heard).add(seconds(due, stamped.at()));
                    if (look.error() != null) {
                        failed++;
                        odd.add(look.error());
                    }
                } else if (stamped.event() instanceof Event.LookLate) {
                    late++;
                } else if (!(stamped.event() instanceof Event.RouterRead)) {
                    odd.add(stamped.event().getClass().getSimpleName());
                }
            }
        }
        return new FleetFigures(
                journals.size(),
                asked.size(),
                Quantiles.of(asked),
                Quantiles.of(heard),
                Quantiles.of(slow),
                failed,
                late,
                some(odd));
    }

    private static List<String> some(Collection<String> odd) {
        Map<String, Integer> counts = new TreeMap<>();
        odd.forEach(what -> counts.merge(what, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " times " + e.getKey())
                .limit(MOST_TOLD)
                .toList();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** A line for each figure. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                releases + " releases, " + looks + " looks, " + failed + " of them without an answer",
                "a look is asked later than due by " + asked,
                "and heard later than due by " + heard + " where the source takes 50 ms",
                "and heard later than due by " + heardSlow + " where it takes 5 s",
                "told as late: " + late));
        odd.forEach(line -> lines.add("" + line));
        return lines;
    }
}
