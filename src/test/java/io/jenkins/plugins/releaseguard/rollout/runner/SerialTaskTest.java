// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {
    /** C8: a wake that fired in the last instant of a drain was dropped, and the release was dead for good. */
    @Test
    void aCallInTheLastInstantOfARunIsAnswered() {
        Queue<Runnable> given = new ArrayDeque<>();
        AtomicInteger runs = new AtomicInteger();
        SerialTask[] task = new SerialTask[1];
        task[0] = new SerialTask(given::add, () -> {
            if (runs.incrementAndGet() == 1) {
                task[0].call();
            }
        });
        task[0].call();
        for (int i = 0; i < 10 && !given.isEmpty(); i++) {
            given.remove().run();
        }
        assertThat(runs).hasValue(2);
    }

    /** H8: after one thread that couldn't be made, nothing was ever run again. */
    @Test
    void aCallAfterOneThatFoundNoThreadIsAnswered() {
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        Queue<Runnable> kept = new ArrayDeque<>();
        SerialTask task = new SerialTask(
                work -> {
                    if (tries.incrementAndGet() == 1) {
                        kept.add(work);
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                },
                runs::incrementAndGet);
        assertThatThrownBy(task::call).isInstanceOf(OutOfMemoryError.class);
        task.call();
        assertThat(runs).hasValue(1);
        // a pool may have it in its queue all the same
        kept.remove().run();
        assertThat(runs).hasValue(1);
    }

    /** H8's kind: whatever a run throws, the calls that follow are answered. */
    @Test
    void aCallAfterARunThatThrewIsAnswered() {
        AtomicInteger runs = new AtomicInteger();
        SerialTask task = new SerialTask(Runnable::run, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("not foreseen");
            }
        });
        assertThatThrownBy(task::call).hasMessage("not foreseen");
        task.call();
        assertThat(runs).hasValue(2);
    }

    @Test
    void everyCallOfManyThreadsIsFollowedByARunAndNoTwoRunAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            AtomicInteger said = new AtomicInteger();
            AtomicInteger seen = new AtomicInteger();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            SerialTask task = new SerialTask(pool, () -> {
                overlaps.addAndGet(inside.getAndIncrement());
                seen.set(said.get());
                inside.decrementAndGet();
            });
            int callers = 4;
            int calls = 20_000;
            CountDownLatch done = new CountDownLatch(callers);
            for (int i = 0; i < callers; i++) {
                new Thread(() -> {
                            for (int k = 0; k < calls; k++) {
                                said.incrementAndGet();
                                task.call();
                            }
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            pool.shutdown();
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasValue(callers * calls);
            assertThat(overlaps).hasValue(0);
        } finally {
            pool.shutdownNow();
        }
    }
}
