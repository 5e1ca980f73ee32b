// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * What a service usually does.
 *
 * @param requests a second, of all variants together: the median
 * @param quiet the same in the quietest tenth of the time
 * @param warmup seconds after a shift for which canaries were slower than later
 * @param metrics in the contract's order
 */
public record Habits(Figure requests, Figure quiet, Figure warmup, List<MetricHabit> metrics) {
    public Habits {
        metrics = List.copyOf(metrics);
    }

    /** Whether everything that a forecast needs was measured or given, and nothing assumed. */
    public boolean complete() {
        return requests.known()
                && metrics.stream()
                        .allMatch(m -> m.metric().muted() || m.level().known());
    }

    /** @throws java.util.NoSuchElementException the contract has no such metric */
    MetricHabit of(String id) {
        return metrics.stream()
                .filter(m -> m.metric().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The same, with what comes in clusters and lasts as closer looks of the same metrics show it. */
    public Habits with(Habits closer) {
        List<MetricHabit> merged = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            merged.add(metrics.get(i).with(closer.metrics().get(i)));
        }
        return new Habits(requests, quiet, warmup, merged);
    }
}
