// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Looks for the shortest schedule that still breaks the same rule: Zeller's delta debugging, one change at a time. */
final class Shrinker {
    private static final int MOST_TRIES = 2000;

    private final Function<Schedule, List<Violation>> run;
    private final String rule;
    private int tries;

    private Shrinker(Function<Schedule, List<Violation>> run, String rule) {
        this.run = run;
        this.rule = rule;
    }

    /** @param run what a schedule breaks */
    static Schedule shrink(Schedule schedule, Violation broken, Function<Schedule, List<Violation>> run) {
        return new Shrinker(run, broken.rule()).shrink(schedule);
    }

    private Schedule shrink(Schedule schedule) {
        Schedule shortest = schedule;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (Schedule candidate : candidates(shortest)) {
                if (tries++ < MOST_TRIES && breaks(candidate)) {
                    shortest = candidate;
                    shorter = true;
                    break;
                }
            }
        }
        return shortest;
    }

    private boolean breaks(Schedule candidate) {
        return run.apply(candidate).stream().anyMatch(v -> v.rule().equals(rule));
    }

    private static List<Schedule> candidates(Schedule of) {
        List<Schedule> all = new ArrayList<>();
        for (int i = 0; i < of.releases().size() && of.releases().size() > 1; i++) {
            all.add(of.withoutRelease(i));
        }
        of.faults().forEach(fault -> all.add(of.without(fault)));
        for (int i = 0; i < of.releases().size(); i++) {
            if (of.releases().get(i) != Contracts.PLAIN) {
                all.add(of.plain(i));
            }
        }
        for (Fault fault : of.faults()) {
            if (!fault.after().isZero()) {
                all.add(of.with(fault, fault.at(Duration.ZERO, fault.lasts())));
            }
            if (fault.lasts().toSeconds() > 1) {
                all.add(of.with(
                        fault,
                        fault.at(fault.after(), Duration.ofSeconds(fault.lasts().toSeconds() / 2))));
            }
        }
        return all;
    }
}
