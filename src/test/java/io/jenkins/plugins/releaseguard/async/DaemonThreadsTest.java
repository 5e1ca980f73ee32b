// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    /** C1: a pool that makes a thread for each of its first tasks has them all, however little there is to do. */
    @Test
    void oneAfterTheOtherNeedsFewThreads() throws Exception {
        DaemonThreads pool = (DaemonThreads) DaemonThreads.pool(8, "test");
        for (int i = 0; i < 20; i++) {
            CountDownLatch done = new CountDownLatch(1);
            pool.execute(done::countDown);
            done.await();
            await("the thread to wait for work").until(() -> pool.idle() > 0);
        }
        assertThat(pool.largest()).isOne();
        pool.shutdown();
    }

    /** C1: two that came at once for two threads got one, where the first was late with a bound that it had read before the other came. */
    @Test
    void theBoundIsThatOfTheMomentInWhichAThreadIsWanted() throws Exception {
        AtomicInteger needed = new AtomicInteger(1);
        AtomicReference<Thread> second = new AtomicReference<>();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        Runnable task = () -> {
            both.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        DaemonThreads[] pool = new DaemonThreads[1];
        pool[0] = (DaemonThreads) DaemonThreads.pool(
                () -> {
                    int bound = needed.get();
                    if (second.get() == null) {
                        second.set(new Thread(() -> pool[0].execute(task)));
                        needed.set(2);
                        second.get().start();
                        await("the other to be through, or to wait for us")
                                .until(() -> second.get().getState() == Thread.State.TERMINATED
                                        || second.get().getState() == Thread.State.WAITING);
                    }
                    return bound;
                },
                "test");
        pool[0].execute(task);
        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();
        pool[0].shutdown();
    }

    @Test
    void whatComesBeyondItsThreadsWaits() throws Exception {
        DaemonThreads pool = (DaemonThreads) DaemonThreads.pool(2, "test");
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch waited = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                both.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
        pool.execute(waited::countDown);
        assertThat(waited.getCount()).isOne();
        end.countDown();
        assertThat(waited.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.largest()).isEqualTo(2);

        pool.shutdown();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
