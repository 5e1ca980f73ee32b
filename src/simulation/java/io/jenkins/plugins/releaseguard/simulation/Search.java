// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Looks for a seed whose schedule breaks a rule. To whoever planted a fault it is a function of the platform's own types, since
 * everything else about it was loaded anew.
 */
public final class Search implements BiFunction<List<String>, String, List<String>> {
    private static final long MOST_PASSED_OVER = 1_000_000;

    private final int most;

    /** @param most schedules that are tried */
    public Search(int most) {
        this.most = most;
    }

    /**
     * @param meeting contracts and faults that must meet in a schedule, and THREADS where what waits keeps one; others are passed over
     * @param rule the one that is looked for; empty for any
     * @return the seed, how many were tried, and what was broken; empty where nothing was
     */
    @Override
    public List<String> apply(List<String> meeting, String rule) {
        int tried = 0;
        for (long seed = 0; tried < most && seed < MOST_PASSED_OVER; seed++) {
            if (!of(Schedule.of(seed)).containsAll(meeting)) {
                continue;
            }
            tried++;
            Simulate one = Simulate.run(new Simulate.Options(seed, 1, 1, Duration.ofHours(1), 1));
            for (Simulate.Failure failure : one.failures) {
                List<String> broken = failure.violations().stream()
                        .filter(v -> rule.isEmpty() || v.rule().equals(rule))
                        .map(Violation::toString)
                        .toList();
                if (!broken.isEmpty()) {
                    return List.of(String.valueOf(seed), String.valueOf(tried), String.join("\n", broken));
                }
            }
        }
        return List.of();
    }

    private static Set<String> of(Schedule schedule) {
        Set<String> all = new HashSet<>();
        if (schedule.threads()) {
            all.add("THREADS");
        }
        schedule.releases().forEach(contract -> all.add(contract.name()));
        schedule.faults().forEach(fault -> {
            all.add(fault.kind().name());
            all.add(fault.kind() + " in " + fault.in());
        });
        return all;
    }
}
