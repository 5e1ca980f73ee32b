// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** C1, C3: what hangs holds up its own kind, and others for a moment. */
class BulkheadsTest {
    private static final Duration LATE = Duration.ofMillis(20);

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = DaemonThreads.pool(4, "bulkheads");
    private final Queue<Runnable> due = new ArrayDeque<>();
    private final Bulkheads bulkheads = new Bulkheads(2, 4, LATE, threads, this::later);

    private Runnable later(Duration in, Runnable what) {
        synchronized (due) {
            due.add(what);
        }
        return () -> {
            synchronized (due) {
                due.remove(what);
            }
        };
    }

    /** The time after which what runs is late. */
    private void pass() {
        List<Runnable> now;
        synchronized (due) {
            now = new ArrayList<>(due);
            due.clear();
        }
        now.forEach(Runnable::run);
    }

    private CountDownLatch hang(Object key) {
        CountDownLatch begun = new CountDownLatch(1);
        bulkheads.execute(key, () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return begun;
    }

    private CountDownLatch pass(Object key) {
        CountDownLatch done = new CountDownLatch(1);
        bulkheads.execute(key, done::countDown);
        return done;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsLateGivesItsPlaceToOthersAndKeepsItsOwnKindWaiting() throws Exception {
        try {
            await(hang("a"));
            await(hang("b"));
            CountDownLatch other = pass("c");
            CountDownLatch same = pass("a");
            assertThat(other.getCount()).as("both places are taken").isOne();
            pass();
            await(other);
            assertThat(same.getCount()).as("it would hang as well").isOne();

            end.countDown();
            await(same);
        } finally {
            end.countDown();
            threads.shutdown();
        }
    }

    @Test
    void whatHangsHasNoMoreThreadsThanThereAre() throws Exception {
        try {
            for (int i = 0; i < 4; i++) {
                await(hang(i));
                pass();
            }
            CountDownLatch fifth = pass("e");
            bulkheads.drain(Duration.ofMillis(1));
            assertThat(fifth.getCount()).isOne();

            end.countDown();
            await(fifth);
        } finally {
            end.countDown();
            threads.shutdown();
        }
    }

    @Test
    void drainingWaitsForNothingThatHangs() throws Exception {
        try {
            await(hang("a"));
            pass("a");
            pass();
            CountDownLatch other = pass("b");
            bulkheads.drain(Duration.ofSeconds(30));
            assertThat(other.getCount()).isZero();
        } finally {
            end.countDown();
            threads.shutdown();
        }
    }

    @Test
    void whatTheExecutorRefusesIsTheCallersAndKeepsNoPlace() throws Exception {
        boolean[] full = {true};
        Bulkheads one = new Bulkheads(
                1,
                1,
                LATE,
                work -> {
                    if (full[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    work.run();
                },
                this::later);
        assertThatThrownBy(() -> one.execute("a", () -> {})).isInstanceOf(RejectedExecutionException.class);

        full[0] = false;
        CountDownLatch done = new CountDownLatch(1);
        one.execute("a", done::countDown);
        assertThat(done.getCount()).isZero();
    }
}
