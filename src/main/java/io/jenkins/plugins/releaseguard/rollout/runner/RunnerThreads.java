// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.ThreadTimer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The threads of all runners of one process, at most sixteen: one for time, two for deciding, two for journals, the others for the
 * lanes' calls.
 */
public final class RunnerThreads implements AutoCloseable {
    private static final int DECIDING = 2;
    private static final int JOURNAL = 2;

    private final ThreadTimer timer = new ThreadTimer("release-guard-timer-1");
    private final ExecutorService deciding;
    private final ExecutorService journal;
    private final ExecutorService workers;
    private final Lanes lanes;

    public RunnerThreads() {
        this(UnaryOperator.identity());
    }

    /** @param as what the place needs around work: as whom it is done, for one */
    public RunnerThreads(UnaryOperator<ExecutorService> as) {
        deciding = as.apply(pool(DECIDING, "decide"));
        journal = pool(JOURNAL, "journal");
        workers = as.apply(pool(Lanes.WORKERS, "work"));
        lanes = new Lanes(deciding, journal, workers, timer);
    }

    public Lanes lanes() {
        return lanes;
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
        timer.close();
        deciding.shutdownNow();
        workers.shutdownNow();
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
