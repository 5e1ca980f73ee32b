// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Short tasks that may hang and hear no interrupt, each by the key of what it waits for, such as a disk or a host. A task that is late
 * has its place given to another and keeps only its thread, and no more of its key begin until it ends: what hangs holds up its own
 * kind, and others for a moment. Holds no thread itself; safe for several threads.
 */
public final class Bulkheads {
    private static final Logger LOGGER = Logger.getLogger(Bulkheads.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofMillis(250);

    /** Has something quick done later. */
    @FunctionalInterface
    public interface Later {
        /** @return takes it back; nothing where it has been done */
        Runnable run(Duration in, Runnable what);
    }

    private final int atOnce;
    private final int most;
    private final Duration late;
    private final Executor threads;
    private final Later later;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private final Map<Object, Integer> hanging = new HashMap<>();
    private int running;
    private int overdue;
    private int mostOverdue;

    /**
     * @param atOnce how many tasks run at once that are not late, at least one
     * @param most how many run in all; the rest of {@code threads} stays free
     * @param late after which time a task is
     */
    public Bulkheads(int atOnce, int most, Duration late, Executor threads, Later later) {
        if (atOnce < 1 || most < atOnce) {
            throw new IllegalArgumentException(atOnce + " tasks at once of " + most);
        }
        this.atOnce = atOnce;
        this.most = most;
        this.late = late;
        this.threads = threads;
        this.later = later;
    }

    private static final class Task {
        private final Object key;
        private final Runnable work;
        private boolean ended;
        private boolean late;

        Task(Object key, Runnable work) {
            this.key = key;
            this.work = work;
        }
    }

    /**
     * Has work done as soon as it may begin; of one key in the order in which it came.
     *
     * @throws RejectedExecutionException the executor takes nothing more; the work does not begin
     * @throws OutOfMemoryError also where no thread could be made; the work does not begin
     */
    public void execute(Object key, Runnable work) {
        Task mine = new Task(key, work);
        synchronized (this) {
            waiting.add(mine);
        }
        for (Task next = take(); next != null; next = take()) {
            if (next == mine) {
                hand(mine);
            } else {
                handOrRetry(next);
            }
        }
    }

    /** How many threads may be needed now: for those at once, and for what is late. */
    public synchronized int needed() {
        return Math.min(most, atOnce + overdue);
    }

    /** How many are late now. */
    public synchronized int overdue() {
        return overdue;
    }

    /** How many were late at once, at most. */
    public synchronized int mostOverdue() {
        return mostOverdue;
    }

    /** An executor for one key. */
    public Executor of(Object key) {
        return work -> execute(key, work);
    }

    /** Waits until all is done but what hangs, and what waits behind it. */
    public synchronized void drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (left > 0 && (running > overdue || waiting.stream().anyMatch(task -> !hanging.containsKey(task.key)))) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private void startNext() {
        for (Task next = take(); next != null; next = take()) {
            handOrRetry(next);
        }
    }

    private synchronized Task take() {
        if (running - overdue >= atOnce || running >= most) {
            return null;
        }
        for (Iterator<Task> tasks = waiting.iterator(); tasks.hasNext(); ) {
            Task next = tasks.next();
            if (!hanging.containsKey(next.key)) {
                tasks.remove();
                running++;
                return next;
            }
        }
        return null;
    }

    private void hand(Task task) {
        // an executor may keep what it refuses: a task that was put back must not come twice
        AtomicBoolean claimed = new AtomicBoolean();
        boolean taken = false;
        try {
            threads.execute(() -> {
                if (claimed.compareAndSet(false, true)) {
                    run(task);
                }
            });
            taken = true;
        } finally {
            if (!taken && claimed.compareAndSet(false, true)) {
                end(task);
            }
        }
    }

    /** Whoever asked for it has gone on. */
    private void handOrRetry(Task task) {
        try {
            hand(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.WARNING, "No thread; it is tried again", e);
            later.run(BEFORE_RETRY, () -> {
                synchronized (this) {
                    waiting.addFirst(new Task(task.key, task.work));
                }
                startNext();
            });
        }
    }

    private void run(Task task) {
        Runnable cancel = () -> {};
        try {
            cancel = later.run(late, () -> late(task));
            task.work.run();
        } finally {
            cancel.run();
            end(task);
            startNext();
        }
    }

    private void late(Task task) {
        synchronized (this) {
            if (task.ended) {
                return;
            }
            task.late = true;
            overdue++;
            mostOverdue = Math.max(mostOverdue, overdue);
            hanging.merge(task.key, 1, Integer::sum);
            notifyAll();
        }
        startNext();
    }

    private synchronized void end(Task task) {
        task.ended = true;
        running--;
        if (task.late) {
            overdue--;
            hanging.computeIfPresent(task.key, (key, count) -> count == 1 ? null : count - 1);
        }
        notifyAll();
    }
}
