// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The parts of one call that have to wait, done on the call's own thread; a call that has none is refused, and told apart by that. */
final class Parts implements Executor {
    private static final Logger LOGGER = Logger.getLogger(Parts.class.getName());
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private boolean open;
    private boolean wanted;
    private volatile boolean over;

    /** @param thread whether the call has a thread for them */
    Parts(boolean thread) {
        open = thread;
    }

    @Override
    public synchronized void execute(Runnable part) {
        wanted = true;
        if (!open) {
            throw new RejectedExecutionException("no thread is free for it now");
        }
        waiting.add(part);
    }

    /** Whether there were any. */
    synchronized boolean wanted() {
        return wanted;
    }

    /** Does them as they come, until the stage has ended, or nobody wants it any more. */
    void work(CompletionStage<?> stage) throws InterruptedException {
        stage.whenComplete((value, error) -> waiting.add(END));
        for (Runnable part = waiting.take(); part != END && !over; part = waiting.take()) {
            try {
                part.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A part of a call failed and told nobody", e);
            }
        }
    }

    synchronized void close() {
        open = false;
    }

    /** It is given up: what has not begun does not begin. */
    synchronized void giveUp() {
        over = true;
        open = false;
    }
}
