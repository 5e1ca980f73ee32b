// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void endThreads() {
        pool.shutdownNow();
        timer.shutdownNow();
    }

    /** A router of another plugin whose classes don't fit ours: the way back must hear of it long before the deadline. */
    @Test
    void whatCannotBeLinkedIsAnswered() throws Exception {
        CompletableFuture<Exception> answer = new CompletableFuture<>();
        new InFlight(timer)
                .start(
                        EffectKey.CAPTURE,
                        pool,
                        Duration.ofHours(1),
                        () -> {
                            throw new NoSuchMethodError("TrafficRouter.weight()");
                        },
                        (result, error) -> answer.complete(error));
        assertThat(answer.get(30, TimeUnit.SECONDS)).hasMessage("java.lang.NoSuchMethodError: TrafficRouter.weight()");
    }

    /** C1: a call that waited in our own queue was answered for as if the world had been silent. */
    @Test
    void theDeadlineBeginsWhenTheCallDoes() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            one.submit(() -> {
                busy.await();
                return null;
            });
            CompletableFuture<Exception> answer = new CompletableFuture<>();
            new InFlight(timer)
                    .start(
                            EffectKey.LOOK,
                            one,
                            Duration.ofMillis(50),
                            () -> "well",
                            (result, error) -> answer.complete(error));
            CompletableFuture<Void> later = new CompletableFuture<>();
            timer.schedule(() -> later.complete(null), 300, TimeUnit.MILLISECONDS);
            later.get(30, TimeUnit.SECONDS);
            assertThat(answer).isNotDone();
            busy.countDown();
            assertThat(answer.get(30, TimeUnit.SECONDS)).isNull();
        } finally {
            busy.countDown();
            one.shutdownNow();
        }
    }
}
