// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Cancels stages on a thread of its own: what one does about it is not ours, and time must go on. */
final class Cancelling {
    private static final Logger LOGGER = Logger.getLogger(Cancelling.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofMillis(250);

    private final Workers.Share threads;
    private final Timer timer;
    private final Queue<CompletionStage<?>> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean withoutThreads;

    Cancelling(Workers.Share threads, Timer timer) {
        this.threads = threads;
        this.timer = timer;
        threads.whenFree(this::pump);
    }

    /** @param stage null for none */
    void cancel(CompletionStage<?> stage) {
        if (stage != null) {
            waiting.add(stage);
            pump();
        }
    }

    private void pump() {
        while (!withoutThreads && !waiting.isEmpty()) {
            Workers.Hold hold = threads.take();
            if (hold == null) {
                return;
            }
            CompletionStage<?> next = waiting.poll();
            if (next == null) {
                hold.giveBack();
            } else {
                hand(next, hold);
            }
        }
    }

    private void hand(CompletionStage<?> stage, Workers.Hold hold) {
        // an executor may keep what it refuses
        AtomicBoolean claimed = new AtomicBoolean();
        try {
            threads.executor().execute(() -> {
                if (claimed.compareAndSet(false, true)) {
                    cancelNow(stage);
                    hold.giveBack();
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.FINE, "No thread to cancel with", e);
            if (claimed.compareAndSet(false, true)) {
                withoutThreads = true;
                waiting.add(stage);
                hold.giveBack();
                timer.schedule(BEFORE_RETRY, () -> {
                    withoutThreads = false;
                    pump();
                });
            }
        }
    }

    private static void cancelNow(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.FINE, "It goes on to its end", e);
        }
    }
}
