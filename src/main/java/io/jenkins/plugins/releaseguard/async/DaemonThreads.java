// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of daemon threads. */
public final class DaemonThreads {
    private static final long KEPT_SECONDS = 30;

    private DaemonThreads() {}

    /**
     * As many threads as are needed at once, up to {@code most}; what comes then waits. They go when there is nothing to do for a while.
     *
     * @param name of the threads, behind the plugin's own
     */
    public static ExecutorService pool(int most, String name) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                most,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new ToIdle(),
                work -> {
                    Thread thread = new Thread(work, "release-guard-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                DaemonThreads::keep);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Takes only what an idle thread waits for: for everything else the pool first makes a thread. */
    private static final class ToIdle extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }
    }

    private static void keep(Runnable work, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new RejectedExecutionException("the threads are gone");
        }
        pool.getQueue().add(work);
        // where all threads have just gone for want of work
        pool.prestartCoreThread();
    }
}
