// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;

/** When a runner last reacted, and when it should have. */
final class Pulse {
    private static final long NEVER = Long.MAX_VALUE;

    private final Timer timer;
    private volatile long last;
    private volatile long due = NEVER;

    Pulse(Timer timer) {
        this.timer = timer;
        this.last = timer.nanos();
    }

    /** It reacts. */
    void beat() {
        last = timer.nanos();
    }

    /** That it is late has been told. */
    void excuse() {
        due = NEVER;
    }

    /** It wants to react again by then. */
    void due(Duration in) {
        due = timer.nanos() + in.toNanos();
    }

    /** How long after it wanted to it reacts; zero where it is in time. */
    Duration late() {
        long wanted = due;
        return wanted == NEVER ? Duration.ZERO : Duration.ofNanos(Math.max(0, timer.nanos() - wanted));
    }

    /** Whether nothing was heard of it for longer than that. */
    boolean silent(Duration bound) {
        return timer.nanos() - last > bound.toNanos();
    }
}
