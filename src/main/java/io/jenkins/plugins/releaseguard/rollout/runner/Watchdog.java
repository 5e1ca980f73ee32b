// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks after all runners of a process, from the timer: one that should have reacted and has not is revived. */
final class Watchdog {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final Duration STALL = Duration.ofSeconds(4);

    /** Somebody to look after. */
    interface Watched {
        /** Must be quick. */
        void watch();
    }

    private final Timer timer;
    /** In the order in which they came, so that a simulation goes the same way each time. */
    private final Set<Watched> watched = new CopyOnWriteArraySet<>();

    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile long last;

    Watchdog(Timer timer) {
        this.timer = timer;
    }

    void add(Watched one) {
        watched.add(one);
        if (awake.compareAndSet(false, true)) {
            last = timer.nanos();
            timer.schedule(EVERY, this::look);
        }
    }

    void remove(Watched one) {
        watched.remove(one);
    }

    private void look() {
        // where time itself stood still nobody could have reacted: they have a moment to do so
        boolean stalled = timer.nanos() - last > STALL.toNanos();
        last = timer.nanos();
        try {
            if (!stalled) {
                watched.forEach(Watched::watch);
            }
        } finally {
            awake.set(false);
            if (!watched.isEmpty() && awake.compareAndSet(false, true)) {
                timer.schedule(EVERY, this::look);
            }
        }
    }
}
