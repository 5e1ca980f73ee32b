// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.journal.Event;

/** Whether a phase bakes, event by event of a journal. What is looked at while traffic moves compares nothing. */
final class Baking {
    /** Routers round. */
    private static final double ROUNDING = 0.5;

    private double weight;
    private boolean baking;

    void see(Event event) {
        if (event instanceof Event.PhaseStarted started) {
            weight = started.weight();
            baking = false;
        } else if (event instanceof Event.BakeStarted) {
            baking = true;
        } else if (event instanceof Event.RouterRead read) {
            baking = baking && (read.error() != null || confirms(read.weight()));
        } else if (event instanceof Event.RollbackStarted started && !started.observed()
                || event instanceof Event.PhaseEnded
                || event instanceof Event.CanaryEnded
                || event instanceof Event.Resumed) {
            baking = false;
        }
    }

    private boolean confirms(double read) {
        return weight == 0 || weight == 100
                ? read == weight
                : Math.abs(read - weight) <= Math.min(ROUNDING, weight / 4);
    }

    boolean now() {
        return baking;
    }
}
