// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Instant;

/** A timer's time as a clock that shows {@link #START} when it is made. */
final class TimerClock implements ReleaseClock {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTimer timer;
    private final long origin;

    TimerClock(VirtualTimer timer) {
        this.timer = timer;
        this.origin = timer.nanos();
    }

    @Override
    public Instant now() {
        return wall();
    }

    @Override
    public Instant wall() {
        return START.plusNanos(timer.nanos() - origin);
    }
}
