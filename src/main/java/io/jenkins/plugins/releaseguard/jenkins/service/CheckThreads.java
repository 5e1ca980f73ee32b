// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads of checks. One whose check was given up, and doesn't hear that it was, is lost: another takes its place, up to a bound, so
 * that some checks that hang don't keep all gates waiting.
 */
final class CheckThreads {
    private static final int USUAL = 4;
    private static final int MOST = 16;

    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor pool;

    CheckThreads(String name) {
        pool =
                new ThreadPoolExecutor(
                        USUAL,
                        USUAL,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new NamingThreadFactory(new DaemonThreadFactory(), name)) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        running.add(task);
                    }

                    @Override
                    protected void afterExecute(Runnable task, Throwable error) {
                        running.remove(task);
                        relieve();
                    }
                };
        pool.allowCoreThreadTimeOut(true);
    }

    /** @param given what whoever wanted it cancels when it is given up; null for none */
    void execute(Future<?> given, Runnable task) {
        relieve();
        pool.execute(new Given(given, task));
    }

    /** Looks for threads that are lost, and for those that have come back. */
    synchronized void relieve() {
        int lost = (int) running.stream()
                .filter(task -> task instanceof Given given
                        && given.of() != null
                        && given.of().isDone())
                .count();
        int wanted = Math.min(MOST, USUAL + lost);
        if (wanted > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(wanted);
            pool.setCorePoolSize(wanted);
        } else if (wanted < pool.getMaximumPoolSize()) {
            pool.setCorePoolSize(wanted);
            pool.setMaximumPoolSize(wanted);
        }
    }

    /** What has not begun. */
    List<Runnable> close() {
        return pool.shutdownNow();
    }

    /** A check's run, and the future by which it is given up. */
    private record Given(Future<?> of, Runnable task) implements Runnable {
        @Override
        public void run() {
            task.run();
        }
    }
}
