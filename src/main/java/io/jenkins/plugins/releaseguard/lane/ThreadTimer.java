// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The machine's time, with one thread of its own that is there from the beginning. */
public final class ThreadTimer implements Timer {
    private static final Logger LOGGER = Logger.getLogger(ThreadTimer.class.getName());

    private final ScheduledThreadPoolExecutor executor;

    public ThreadTimer(String thread) {
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, thread);
            made.setDaemon(true);
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        // where no thread can be made later, time at least goes on, and with it every further try
        executor.prestartCoreThread();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration after, Runnable work) {
        try {
            Future<?> future = executor.schedule(() -> call(work), after.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The timer is closed", e);
            return () -> {};
        }
    }

    /** What it throws would be seen by nobody. */
    private static void call(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "Something that was due failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
