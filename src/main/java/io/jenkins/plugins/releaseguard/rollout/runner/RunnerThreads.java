// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The threads of all runners of one process, at most eighteen: one for time, two for journals, a few for deciding, some for the world, some kept for
 * moving traffic back and some for the rest of procedures, so that neither a hundred hanging metric sources nor jobs that are
 * waited for can delay a rollback.
 */
public final class RunnerThreads implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
    private final ExecutorService deciding;
    private final ExecutorService world;
    private final ExecutorService rollback;
    private final ExecutorService actions;
    private final ExecutorService journal;

    public RunnerThreads() {
        this(UnaryOperator.identity());
    }

    /** @param as what the place needs around work: as whom it is done, for one */
    public RunnerThreads(UnaryOperator<ExecutorService> as) {
        deciding = as.apply(pool(3, "decide"));
        world = as.apply(pool(5, "world"));
        rollback = as.apply(pool(4, "rollback"));
        actions = as.apply(pool(3, "actions"));
        journal = pool(2, "journal");
        timer.setRemoveOnCancelPolicy(true);
        // where no thread can be made later, time at least goes on, and with it every further try
        timer.prestartCoreThread();
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    ExecutorService deciding() {
        return deciding;
    }

    ExecutorService world() {
        return world;
    }

    /** Moving traffic back and reading that it is, and nothing else. */
    ExecutorService rollback() {
        return rollback;
    }

    /** What else a procedure does: jobs that are waited for, messages, commands. */
    ExecutorService actions() {
        return actions;
    }

    /** Writing journals, and waiting for their disk. */
    ExecutorService journal() {
        return journal;
    }

    private static ExecutorService pool(int size, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "release-guard-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        deciding.shutdownNow();
        world.shutdownNow();
        rollback.shutdownNow();
        actions.shutdownNow();
        journal.shutdown();
        try {
            // what has happened should be written; a disk that hangs is not waited for
            journal.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.shutdownNow();
    }
}
