// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** Time that passes when a test says so, and an executor whose work is done then: one thread, and the same order each time. */
public final class VirtualTimer implements Timer, Executor {
    /** By far more than a thousand releases do at once. */
    private static final int MOST_IN_A_MOMENT = 1_000_000;

    private record Due(long at, long order, Runnable work) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long nanos = 1_000_000_000_000L;
    private long order;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Scheduled schedule(Duration after, Runnable work) {
        Due one = new Due(nanos + Math.max(0, after.toNanos()), order++, work);
        due.add(one);
        return () -> due.remove(one);
    }

    @Override
    public void execute(Runnable work) {
        schedule(Duration.ZERO, work);
    }

    /** Does what is due up to then, each at its time. */
    public void pass(Duration time) {
        long end = nanos + time.toNanos();
        int inAMoment = 0;
        while (!due.isEmpty() && due.peek().at <= end) {
            Due next = due.remove();
            inAMoment = next.at > nanos ? 0 : inAMoment + 1;
            if (inAMoment > MOST_IN_A_MOMENT) {
                throw new AssertionError("time stands still: something is done again and again at once");
            }
            nanos = Math.max(nanos, next.at);
            next.work.run();
        }
        nanos = end;
    }

    /** Time goes on and nothing is done: the process stands still. */
    public void standStill(Duration time) {
        nanos += time.toNanos();
    }

    /** Does what is due now. */
    public void settle() {
        pass(Duration.ZERO);
    }
}
