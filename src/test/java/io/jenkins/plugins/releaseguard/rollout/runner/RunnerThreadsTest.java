// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The threads of a process: made once, used by all lanes, and all of them closed. */
class RunnerThreadsTest {
    /** Time that stands. */
    private static final class Standing implements Timer {
        boolean closed;

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Scheduled schedule(Duration after, Runnable work) {
            return () -> {};
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final List<ExecutorService> pools = new ArrayList<>();
    private final Standing timer = new Standing();

    private RunnerThreads threads() {
        return new RunnerThreads(
                pool -> {
                    pools.add(pool);
                    return pool;
                },
                timer);
    }

    @Test
    void theLanesDecideAndWorkOnThesePools() throws Exception {
        try (RunnerThreads threads = threads()) {
            assertThat(pools).hasSize(2).doesNotHaveDuplicates();
            assertThat(threads.lanes().timer()).isSameAs(timer);
            assertThat(threads.lanes().deciding()).isSameAs(pools.get(0));
            for (ExecutorService pool : pools) {
                CompletableFuture<Boolean> daemon = new CompletableFuture<>();
                pool.execute(() -> daemon.complete(Thread.currentThread().isDaemon()));
                assertThat(daemon.get(1, TimeUnit.MINUTES))
                        .as("must not keep a process from ending")
                        .isTrue();
            }
        }
    }

    @Test
    void closingClosesAllOfThem() {
        RunnerThreads threads = threads();
        assertThat(pools).noneMatch(ExecutorService::isShutdown);
        threads.close();
        assertThat(timer.closed).isTrue();
        assertThat(pools).hasSize(2).allMatch(ExecutorService::isShutdown);
    }

    @Test
    void whoIsInterruptedWhileClosingStaysInterrupted() {
        RunnerThreads threads = threads();
        Thread.currentThread().interrupt();
        threads.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pools).allMatch(ExecutorService::isShutdown);
    }
}
