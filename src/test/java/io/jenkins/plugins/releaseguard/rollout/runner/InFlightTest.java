// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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

    /** H8's kind: a thread of our own that can't be made is no failure of the source, the router or the body. */
    @Test
    void whatFoundNoThreadIsNotAnsweredForAndNotDoneLater() throws Exception {
        ThreadPoolExecutor exhausted =
                new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadFactory() {
                    private boolean asked;

                    @Override
                    public synchronized Thread newThread(Runnable work) {
                        if (!asked) {
                            asked = true;
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        return new Thread(work);
                    }
                });
        try {
            InFlight inFlight = new InFlight(timer);
            List<String> done = new CopyOnWriteArrayList<>();
            CompletableFuture<String> answer = new CompletableFuture<>();
            assertThat(inFlight.start(
                            EffectKey.LOOK,
                            exhausted,
                            Duration.ofHours(1),
                            () -> done.add("first"),
                            (result, error) -> answer.complete("first")))
                    .isFalse();
            assertThat(inFlight.start(
                            EffectKey.LOOK,
                            exhausted,
                            Duration.ofHours(1),
                            () -> done.add("second"),
                            (result, error) -> answer.complete("second")))
                    .isTrue();
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("second");
            assertThat(done).containsExactly("second");
        } finally {
            exhausted.shutdownNow();
        }
    }
}
