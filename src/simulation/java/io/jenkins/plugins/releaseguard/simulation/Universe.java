// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Everything that is due, in an order that a seed decides: one thing at a time, and the time in between passes at once. */
final class Universe {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    final SplittableRandom random;
    private final boolean anyOrder;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Due.ORDER);
    private long nanos;
    private long count;
    private Controller controller;
    private boolean passing;
    private Runnable observer = () -> {};

    /** Something to be done at a time. */
    record Due(long at, long order, Runnable work) {
        static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at).thenComparingLong(Due::order);
    }

    Universe(long seed) {
        random = new SplittableRandom(seed);
        // threads keep no order among what is due at once; most often it is kept all the same
        anyOrder = random.nextInt(3) == 0;
    }

    /** Since the beginning, in nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** Time goes on in the middle of something, as for a thread that sleeps: all others do meanwhile what is due. */
    void pass(Duration time) {
        long until = nanos + time.toNanos();
        passing = true;
        try {
            while (step(until)) {
                // one thing after the other
            }
        } finally {
            passing = false;
        }
    }

    /** Whether somebody sleeps. */
    boolean isPassing() {
        return passing;
    }

    Duration since() {
        return Duration.ofNanos(nanos);
    }

    /** The true time, whatever a controller's clock says. */
    Instant now() {
        return BEGINNING.plusNanos(nanos);
    }

    long order() {
        return anyOrder ? random.nextLong() >>> 1 : count++;
    }

    /** The one whose threads are asked for what is due; null for none. */
    void runs(Controller process) {
        controller = process;
    }

    /** Looks at everything whenever something has been done. */
    void observedBy(Runnable one) {
        observer = one;
    }

    /** In the world outside, which no controller's death ends. */
    void after(Duration in, Runnable work) {
        due.add(new Due(nanos + Math.max(0, in.toNanos()), order(), work));
    }

    /** Does the next thing, unless that lies behind the limit; false where there is none. */
    boolean step(long limit) {
        long world = due.isEmpty() ? Long.MAX_VALUE : due.peek().at;
        long own = controller == null ? Long.MAX_VALUE : controller.next();
        long next = Math.min(world, own);
        if (next > limit) {
            nanos = Math.max(nanos, limit);
            return false;
        }
        nanos = Math.max(nanos, next);
        if (world <= own) {
            due.remove().work.run();
        } else {
            controller.doNext();
        }
        observer.run();
        return true;
    }

    /** Random, between the two. */
    Duration between(long leastMillis, long mostMillis) {
        return Duration.ofMillis(leastMillis + random.nextLong(mostMillis - leastMillis + 1));
    }
}
