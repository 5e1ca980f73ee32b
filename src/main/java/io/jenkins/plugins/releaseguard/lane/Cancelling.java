// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Cancels stages on a thread of their own: what one does about it is not ours, and time must go on. */
record Cancelling(Executor executor, Timer timer) {
    private static final Logger LOGGER = Logger.getLogger(Cancelling.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofMillis(250);

    /** @param stage null for none */
    void cancel(CompletionStage<?> stage) {
        if (stage == null) {
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    stage.toCompletableFuture().cancel(true);
                } catch (RuntimeException e) {
                    LOGGER.log(Level.FINE, "It goes on to its end", e);
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.FINE, "No thread to cancel with", e);
            timer.schedule(BEFORE_RETRY, () -> cancel(stage));
        }
    }
}
