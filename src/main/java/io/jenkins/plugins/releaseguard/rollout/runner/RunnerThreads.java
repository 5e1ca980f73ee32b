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
 * The threads of all runners of one process, at most sixteen: one for time, a few for deciding, some for the world, and some kept
 * for the way back, so that a hundred hanging metric sources can't delay a rollback.
 */
public final class RunnerThreads implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
    private final ExecutorService deciding;
    private final ExecutorService world;
    private final ExecutorService rollback;

    public RunnerThreads() {
        this(UnaryOperator.identity());
    }

    /** @param as what the place needs around work: as whom it is done, for one */
    public RunnerThreads(UnaryOperator<ExecutorService> as) {
        deciding = as.apply(pool(3, "decide"));
        world = as.apply(pool(8, "world"));
        rollback = as.apply(pool(4, "rollback"));
        timer.setRemoveOnCancelPolicy(true);
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

    ExecutorService rollback() {
        return rollback;
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
    }
}
