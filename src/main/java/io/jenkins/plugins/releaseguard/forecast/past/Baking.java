// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast.past;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Instant;

/** Whether a phase bakes or warms up, event by event of a journal. What is looked at while traffic moves compares nothing. */
public final class Baking {
    /** Routers round. */
    private static final double ROUNDING = 0.5;

    private double weight;
    private boolean baking;
    private Instant warm = Instant.MIN;

    /** The next event. */
    public void see(Stamped stamped) {
        Event event = stamped.event();
        if (event instanceof Event.PhaseStarted started) {
            weight = started.weight();
            baking = false;
        } else if (event instanceof Event.BakeStarted started) {
            baking = true;
            warm = stamped.at().plusMillis(Math.round(1000 * (started.warmup() == null ? 0 : started.warmup())));
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

    /** Whether a look that ends now is one of a baking phase. */
    public boolean now() {
        return baking;
    }

    /** Whether a look that begins then is of the warm-up. */
    public boolean warmsUp(Instant from) {
        return from.isBefore(warm);
    }
}
