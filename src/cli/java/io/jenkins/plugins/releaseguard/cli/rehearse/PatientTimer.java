// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The machine's time as long as the machine keeps up with the rehearsal. Where it doesn't, time waits: for users who are to be served,
 * and for what the release has begun or asked. A busy machine then rehearses for longer, and the same release.
 */
final class PatientTimer implements Timer {
    /** So long may work be under way before time waits for it. */
    private static final long WORK = TimeUnit.MILLISECONDS.toNanos(500);

    /** And an answer, so that looks cover about as much time as was asked for. */
    private static final long ANSWER = TimeUnit.MILLISECONDS.toNanos(100);

    /** Time goes on at one part in so many whatever it waits for, so that what hangs comes to its deadline. */
    private static final int SLOWEST = 20;

    /** Time that can be saved for a moment in which nobody is served. */
    private static final long SAVED = TimeUnit.MILLISECONDS.toNanos(250);

    /** Of the users who come, those who must be served. */
    private static final double SERVED = 0.6;

    private static final Duration AGAIN = Duration.ofMillis(2);
    private static final Duration FAR = Duration.ofDays(365);

    private final Timer machine;
    private final long start;
    private final Map<Object, Long> underWay = new HashMap<>();
    private long seen;
    private long time;
    private LongSupplier users;
    private double worth;
    private long counted;
    private double earned;

    PatientTimer(Timer machine) {
        this.machine = machine;
        this.start = machine.nanos();
        this.seen = start;
        this.time = start;
    }

    /**
     * From here on time waits for users, too.
     *
     * @param served how many have been so far
     * @param perSecond who come
     */
    synchronized void waitForUsers(LongSupplier served, double perSecond) {
        users = served;
        counted = served.getAsLong();
        worth = 1e9 / (SERVED * perSecond);
        earned = SAVED;
    }

    @Override
    public synchronized long nanos() {
        long now = machine.nanos();
        long passed = now - seen;
        seen = now;
        long most = passed;
        if (users != null) {
            long served = users.getAsLong();
            earned += (served - counted) * worth;
            counted = served;
            most = Math.min(most, (long) earned);
        }
        for (long until : underWay.values()) {
            most = Math.min(most, until - time);
        }
        long goes = Math.max(most, passed / SLOWEST);
        time += goes;
        earned = Math.max(0, Math.min(SAVED, earned - goes));
        return time;
    }

    @Override
    public void close() {
        machine.close();
    }

    /** How much of the machine's time has passed here, from 0 to 1. */
    synchronized double share() {
        long here = nanos() - start;
        long there = seen - start;
        return there == 0 ? 1 : (double) here / there;
    }

    private synchronized Object begin(long patience) {
        Object one = new Object();
        underWay.put(one, nanos() + patience);
        return one;
    }

    private synchronized void end(Object one) {
        nanos();
        underWay.remove(one);
    }

    /** Time waits until this is done. */
    <T> CompletableFuture<T> waitFor(CompletableFuture<T> answer) {
        Object one = begin(ANSWER);
        answer.whenComplete((value, error) -> end(one));
        return answer;
    }

    /** Time waits for what these threads are given. */
    ExecutorService waitFor(ExecutorService threads) {
        return new Kept(threads);
    }

    @Override
    public Scheduled schedule(Duration after, Runnable work) {
        Later later = new Later(nanos() + (after.compareTo(FAR) > 0 ? FAR : after).toNanos(), work);
        later.again(after.compareTo(FAR) > 0 ? FAR : after);
        return later;
    }

    private final class Later implements Scheduled {
        private final long due;
        private final Runnable work;
        private Scheduled next;
        private boolean cancelled;

        Later(long due, Runnable work) {
            this.due = due;
            this.work = work;
        }

        synchronized void again(Duration in) {
            if (!cancelled) {
                next = machine.schedule(in, this::look);
            }
        }

        private void look() {
            long left = due - nanos();
            if (left > 0) {
                again(left > AGAIN.toNanos() ? Duration.ofNanos(left) : AGAIN);
            } else if (!isCancelled()) {
                work.run();
            }
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (next != null) {
                next.cancel();
            }
        }
    }

    private final class Kept extends AbstractExecutorService {
        private final ExecutorService threads;

        Kept(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void execute(Runnable work) {
            Object one = begin(WORK);
            boolean taken = false;
            try {
                threads.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        end(one);
                    }
                });
                taken = true;
            } finally {
                if (!taken) {
                    end(one);
                }
            }
        }

        @Override
        public void shutdown() {
            threads.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return threads.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return threads.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return threads.isTerminated();
        }

        @Override
        public boolean awaitTermination(long limit, TimeUnit unit) throws InterruptedException {
            return threads.awaitTermination(limit, unit);
        }
    }
}
