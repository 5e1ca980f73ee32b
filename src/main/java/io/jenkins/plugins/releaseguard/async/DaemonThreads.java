// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A pool of daemon threads: as many as are needed at once, up to a bound that may change; what comes then waits for one that is done. They
 * go when there is nothing to do for a while. The classes of Java make all threads before the first is used again, or one too many whenever
 * the end of a task hands the next one over, and here threads are counted.
 */
public final class DaemonThreads extends AbstractExecutorService {
    private static final Logger LOGGER = Logger.getLogger(DaemonThreads.class.getName());
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final IntSupplier most;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition gone = lock.newCondition();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<Thread> threads = new HashSet<>();
    private int idle;
    private int made;
    private int largest;
    private boolean shutdown;
    private boolean stopped;

    private DaemonThreads(IntSupplier most, String name) {
        this.most = most;
        this.name = name;
    }

    /** @param name of the threads, behind the plugin's own */
    public static ExecutorService pool(int most, String name) {
        return pool(() -> most, name);
    }

    /** @param most asked when something comes that no thread is free for, from any thread, one at a time; must be quick and hand over nothing */
    public static ExecutorService pool(IntSupplier most, String name) {
        return new DaemonThreads(most, name);
    }

    /**
     * {@inheritDoc}
     *
     * @throws OutOfMemoryError also where no thread could be made; the task is not done
     */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("the threads are gone");
            }
            waiting.addLast(task);
            if (idle >= waiting.size()) {
                news.signal();
            } else if (threads.size() < most.getAsInt()) {
                start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        Thread thread = new Thread(this::work, "release-guard-" + name + "-" + (made + 1));
        thread.setDaemon(true);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (started) {
                made++;
                threads.add(thread);
                largest = Math.max(largest, threads.size());
            } else {
                waiting.removeLast();
            }
        }
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A task of " + name + " failed", e);
            }
        }
    }

    /** Null where there is none for a while, or any more. */
    private Runnable next() {
        lock.lock();
        try {
            long left = KEPT_NANOS;
            while (waiting.isEmpty()) {
                if (shutdown || left <= 0) {
                    threads.remove(Thread.currentThread());
                    gone.signalAll();
                    return null;
                }
                idle++;
                try {
                    left = news.awaitNanos(left);
                } catch (InterruptedException e) {
                    LOGGER.log(Level.FINEST, "Late, or all is over: the next look tells", e);
                } finally {
                    idle--;
                }
            }
            if (!stopped) {
                // meant for a task that has ended
                Thread.interrupted();
            }
            return waiting.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** How many have been alive at once, at most. */
    int largest() {
        return locked(() -> largest);
    }

    /** How many wait for something to do. */
    int idle() {
        return locked(() -> idle);
    }

    private int locked(IntSupplier what) {
        lock.lock();
        try {
            return what.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    // --- the end ---

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            news.signalAll();
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            shutdown = true;
            stopped = true;
            List<Runnable> left = new ArrayList<>(waiting);
            waiting.clear();
            threads.forEach(Thread::interrupt);
            news.signalAll();
            gone.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        return locked(() -> shutdown ? 1 : 0) > 0;
    }

    @Override
    public boolean isTerminated() {
        return locked(() -> shutdown && threads.isEmpty() ? 1 : 0) > 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (!shutdown || !threads.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = gone.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
