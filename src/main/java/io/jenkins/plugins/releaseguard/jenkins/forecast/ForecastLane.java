// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Computes forecasts one after the other, on one thread of the lowest priority, which goes when there is nothing to do. More than a few dozen don't
 * wait: a controller with so much to do has no time for it. Never keeps a process alive.
 */
final class ForecastLane implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ForecastLane.class.getName());
    private static final int MOST_WAITING = 50;
    private static final long KEPT_SECONDS = 5;

    private final ExecutorService thread;

    /** @param as what the place needs around work: as whom it is done, for one */
    ForecastLane(UnaryOperator<ExecutorService> as) {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1,
                1,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                ForecastLane::thread,
                new ThreadPoolExecutor.AbortPolicy());
        one.allowCoreThreadTimeOut(true);
        thread = as.apply(one);
    }

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, "release-guard-forecast");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        made.setContextClassLoader(ForecastLane.class.getClassLoader());
        return made;
    }

    /** @return whether it will be done: false where too much waits, or the lane is closed */
    boolean submit(Runnable work) {
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOGGER.log(Level.WARNING, "A forecast failed", e);
                }
            });
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.FINE, "No thread for a forecast", e);
            return false;
        }
    }

    /** What waits is not begun any more, and what is under way hears an interrupt; nobody waits for it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
