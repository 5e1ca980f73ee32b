// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One thread for all conversations with routers of one process, whatever their number, made when there is one and gone when there has been
 * none for a while. It does nothing else, so that traffic on its way back waits for no other answer.
 */
final class SocketLoop implements Executor {
    private static final Logger LOGGER = Logger.getLogger(SocketLoop.class.getName());

    static final SocketLoop SHARED = new SocketLoop(30_000);

    private final long keptMillis;
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    /** Null while there is no thread. */
    private Selector selector;

    /** @param keptMillis how long the thread stays when there is nothing to do */
    SocketLoop(long keptMillis) {
        this.keptMillis = keptMillis;
    }

    /**
     * Begins a conversation; how it ends it tells itself.
     *
     * @throws IOException no selector can be had
     * @throws OutOfMemoryError also where no thread could be made: nothing has begun
     */
    void begin(Exchange exchange) throws IOException {
        synchronized (this) {
            if (selector == null) {
                start();
            }
            Selector mine = selector;
            tasks.add(() -> exchange.begin(mine));
        }
        wake();
    }

    /** Has something short done on the thread; at once, on the caller's, where there is none. */
    @Override
    public void execute(Runnable task) {
        boolean handed;
        synchronized (this) {
            handed = selector != null;
            if (handed) {
                tasks.add(task);
            }
        }
        if (handed) {
            wake();
        } else {
            task.run();
        }
    }

    /** Has it look again: a conversation was ended from outside. */
    synchronized void wake() {
        if (selector != null) {
            selector.wakeup();
        }
    }

    /** Whether there is a thread. */
    synchronized boolean isAwake() {
        return selector != null;
    }

    private void start() throws IOException {
        Selector opened = Selector.open();
        boolean started = false;
        try {
            Thread thread = new Thread(() -> run(opened), "release-guard-routers-1");
            thread.setDaemon(true);
            thread.start();
            selector = opened;
            started = true;
        } finally {
            if (!started) {
                opened.close();
            }
        }
    }

    // --- on the thread ---

    private void run(Selector mine) {
        Throwable why = null;
        try {
            long idleSince = System.nanoTime();
            while (true) {
                boolean busy = runTasks() | advance(mine);
                idleSince = busy ? System.nanoTime() : idleSince;
                if (!busy && (System.nanoTime() - idleSince) / 1_000_000 >= keptMillis && leave()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "The routers' thread ends; the next call begins another", e);
            why = e;
        } finally {
            end(mine, why);
        }
    }

    private boolean runTasks() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(tasks);
            tasks.clear();
        }
        for (Runnable task : now) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.SEVERE, "Something for a router failed", e);
            }
        }
        return !now.isEmpty();
    }

    /** @return whether there is anybody to wait for */
    private boolean advance(Selector mine) throws IOException {
        long wait = keptMillis;
        for (SelectionKey key : mine.keys()) {
            wait = Math.min(wait, ((Exchange) key.attachment()).leftMillis());
        }
        if (wait > 0) {
            mine.select(wait);
        } else {
            mine.selectNow();
        }
        for (SelectionKey key : List.copyOf(mine.selectedKeys())) {
            ((Exchange) key.attachment()).advance();
        }
        mine.selectedKeys().clear();
        List<SelectionKey> all = List.copyOf(mine.keys());
        for (SelectionKey key : all) {
            ((Exchange) key.attachment()).expireIfDue();
        }
        return !all.isEmpty();
    }

    private synchronized boolean leave() {
        if (!tasks.isEmpty()) {
            return false;
        }
        selector = null;
        return true;
    }

    private void end(Selector mine, Throwable why) {
        List<Runnable> left;
        synchronized (this) {
            selector = selector == mine ? null : selector;
            left = why == null ? List.of() : List.copyOf(tasks);
            if (why != null) {
                tasks.clear();
            }
        }
        try {
            for (SelectionKey key : List.copyOf(mine.keys())) {
                ((Exchange) key.attachment()).fail(why);
            }
            mine.close();
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            LOGGER.log(Level.FINE, "Not closed", e);
        }
        // what has not begun finds the selector closed, and says so
        left.forEach(Runnable::run);
    }
}
