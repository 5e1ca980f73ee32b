// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Does looks one after the other on a thread that a call of the rollout has already, each within its own time.
 *
 * @param thread of the call; it refuses where the call has none yet
 */
record LooksInTurn(Executor thread, Timer timer) implements EvidenceGatherer.Looker {
    @Override
    public void look(Duration limit, Callable<Evidence> look, BiConsumer<Evidence, Exception> heard) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Evidence> looking = Blocking.call(
                () -> {
                    begun.complete(null);
                    return look.call();
                },
                thread);
        begun.thenRun(() -> {
            Timer.Scheduled alarm = timer.schedule(limit, () -> looking.cancel(true));
            looking.whenComplete((evidence, error) -> alarm.cancel());
        });
        looking.whenComplete((evidence, error) -> heard.accept(evidence, exception(error)));
    }

    /** Null for none. */
    private static Exception exception(Throwable error) {
        if (error instanceof CancellationException) {
            return new TimeoutException();
        }
        return error == null || error instanceof Exception ? (Exception) error : new IllegalStateException(error);
    }
}
