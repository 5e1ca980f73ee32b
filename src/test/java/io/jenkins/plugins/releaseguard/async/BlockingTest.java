// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingTest {
    private final ExecutorService one = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        one.shutdownNow();
    }

    @Test
    void bringsWhatTheWorkSaysOrThrows() throws Exception {
        assertThat(Blocking.call(() -> "said", one).get()).isEqualTo("said");
        IOException broken = new IOException("broken");
        assertThatThrownBy(() -> Blocking.call(() -> fails(broken), one).get())
                .isInstanceOf(ExecutionException.class)
                .hasCause(broken);
        LinkageError half = new NoClassDefFoundError("half a plugin");
        assertThatThrownBy(() -> Blocking.call(() -> fails(half), one).get()).hasCause(half);
    }

    private static <E extends Throwable> Object fails(E why) throws E {
        throw why;
    }

    @Test
    void workThatIsGivenUpIsInterruptedAndTheNextIsNot() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Object> work = Blocking.call(
                () -> {
                    begun.countDown();
                    try {
                        return new CompletableFuture<>().get();
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                        throw e;
                    }
                },
                one);
        begun.await();
        assertThat(work.cancel(false)).isTrue();

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Blocking.call(Thread::interrupted, one).get()).isFalse();
    }

    @Test
    void workThatIsGivenUpBeforeItsTurnNeverBegins() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        one.execute(() -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AtomicBoolean done = new AtomicBoolean();
        Blocking.call(() -> done.getAndSet(true), one).cancel(true);
        open.countDown();
        Blocking.call(() -> null, one).get();

        assertThat(done).isFalse();
    }

    @Test
    void whatNobodyTakesDoesNotBeginLater() {
        List<Runnable> kept = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        assertThatThrownBy(() -> Blocking.call(() -> done.getAndSet(true), task -> {
                    kept.add(task);
                    throw new RejectedExecutionException("full");
                }))
                .isInstanceOf(RejectedExecutionException.class);
        kept.forEach(Runnable::run);

        assertThat(done).isFalse();
    }
}
