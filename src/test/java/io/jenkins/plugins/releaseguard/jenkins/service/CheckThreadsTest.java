// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** M11: checks that hang and don't hear that they are given up keep no other gate waiting. */
class CheckThreadsTest {
    private final CheckThreads threads = new CheckThreads("checks-of-a-test");
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
    }

    private FutureTask<Void> deaf(CountDownLatch begun) {
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    begun.countDown();
                    while (end.getCount() > 0) {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            // deaf
                        }
                    }
                },
                null);
        threads.execute(task, task);
        return task;
    }

    @Test
    void fourThatHangAreReplacedOnceTheyAreGivenUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(4);
        List<FutureTask<Void>> hanging = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hanging.add(deaf(begun));
        }
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch other = new CountDownLatch(1);
        FutureTask<Void> next = new FutureTask<>(other::countDown, null);
        threads.execute(next, next);
        threads.relieve();
        assertThat(next.isDone()).as("nothing was given up yet").isFalse();

        hanging.forEach(task -> task.cancel(true));
        threads.relieve();
        assertThat(other.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
