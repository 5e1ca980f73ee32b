// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Computes forecasts one after the other, on one thread of the lowest priority, which goes when there is nothing to do. More than a few dozen don't
 * wait, and none does behind one that hangs: a controller with so much to do has no time for it. Never keeps a process alive.
 */
final class ForecastLane implements AutoCloseable {
    static final int MOST_WAITING = 50;

    private static final Logger LOGGER = Logger.getLogger(ForecastLane.class.getName());
    private static final long KEPT_SECONDS = 5;

    private final ExecutorService thread;
    private final Supplier<Duration> longest;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private Work underWay;
    private boolean hangs;

    /** What is done once, or dropped. */
    interface Work extends Runnable {
        /** It is not done, or not to its end; may be called more than once. */
        void dropped();
    }

    /** When work will be done. */
    enum Turn {
        /** As soon as what is under way has ended. */
        NEXT,
        LATER,
        /** Too much waits, something hangs, or the lane is closed. */
        NEVER
    }

    /**
     * @param as what the place needs around work: as whom it is done, for one
     * @param longest what is under way for longer keeps nobody waiting
     */
    ForecastLane(UnaryOperator<ExecutorService> as, Supplier<Duration> longest) {
        this.longest = longest;
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1,
                1,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
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

    synchronized Turn submit(Work work) {
        if (hangs || waiting.size() >= MOST_WAITING) {
            return Turn.NEVER;
        }
        Turn turn = waiting.isEmpty() ? Turn.NEXT : Turn.LATER;
        waiting.add(work);
        try {
            thread.execute(this::one);
            return turn;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.FINE, "No thread for a forecast", e);
            waiting.remove(work);
            return Turn.NEVER;
        }
    }

    private void one() {
        Work work = begun();
        if (work == null) {
            // dropped meanwhile
            return;
        }
        Future<?> watch = null;
        try {
            Duration most = longest.get();
            watch = Timer.get().schedule(() -> hangs(work, most), most.toMillis(), TimeUnit.MILLISECONDS);
            work.run();
        } catch (RuntimeException | Error e) {
            work.dropped();
            LOGGER.log(Level.WARNING, "A forecast failed", e);
        } finally {
            ended();
            if (watch != null) {
                watch.cancel(false);
            }
        }
    }

    private synchronized Work begun() {
        underWay = waiting.poll();
        return underWay;
    }

    private synchronized void ended() {
        underWay = null;
        hangs = false;
    }

    private void hangs(Work work, Duration longest) {
        List<Work> dropped;
        synchronized (this) {
            if (underWay != work) {
                return;
            }
            hangs = true;
            dropped = List.copyOf(waiting);
            waiting.clear();
        }
        LOGGER.info(() -> "A forecast takes longer than " + longest + ": no other waits for it");
        dropped.forEach(Work::dropped);
    }

    /** What waits is not begun any more, and what is under way hears an interrupt; nobody waits for it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
