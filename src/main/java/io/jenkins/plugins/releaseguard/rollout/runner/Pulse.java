// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;

/** When a runner last reacted, and when it should have. */
final class Pulse {
    /** What a machine may be late by before it is told as a gap, and a runner before it is revived, at the least. */
    static final Duration LEAST_GAP = Duration.ofSeconds(10);

    private static final int LOOKS_IN_A_GAP = 2;
    private static final long NEVER = Long.MAX_VALUE;

    private final Timer timer;
    private volatile long last;
    private volatile long due = NEVER;

    Pulse(Timer timer) {
        this.timer = timer;
        this.last = timer.nanos();
    }

    /** The same for a release: two looks, in the wall's time. */
    static Duration gap(Plan plan) {
        Duration looks =
                Duration.ofNanos((long) (LOOKS_IN_A_GAP * plan.interval().toNanos() / plan.speed()));
        return looks.compareTo(LEAST_GAP) < 0 ? LEAST_GAP : looks;
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
