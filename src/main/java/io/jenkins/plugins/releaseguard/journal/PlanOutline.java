// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.time.Duration;
import java.util.List;

/**
 * What a release intends that stands in no event, for those who tell its events while it runs.
 *
 * @param phases in their order
 * @param triggers how many are watched
 * @param interval between looks
 * @param after how long the new version is watched with all traffic
 * @param objective wall-clock time a rollback may take
 * @param routed whether a router moves the traffic
 * @param speed how much faster than the wall the release's time runs; 1 but in a rehearsal
 */
public record PlanOutline(
        List<Phase> phases,
        int triggers,
        Duration interval,
        Duration after,
        Duration objective,
        boolean routed,
        double speed) {
    /** A phase's name, weight in percent, and how long it bakes in the release's own time, null where unknown. */
    public record Phase(String name, double weight, Duration bake) {}

    public PlanOutline {
        phases = List.copyOf(phases);
    }
}
