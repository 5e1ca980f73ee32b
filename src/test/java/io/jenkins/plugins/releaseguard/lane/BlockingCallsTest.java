// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that hold a thread, with real ones. */
class BlockingCallsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final ThreadTimer timer = new ThreadTimer("lane-test");
    private final CountDownLatch end = new CountDownLatch(1);
    private final Lane lane =
            new Lane("looks", new LaneLimits(100, 100, 100), new Workers(8, threads, timer).share(4, 4), timer);

    @AfterEach
    void endThreads() {
        end.countDown();
        threads.shutdownNow();
        timer.close();
    }

    private CompletableFuture<Exception> ask(String release, String destination, Duration limit, Work<?> work) {
        CompletableFuture<Exception> answer = new CompletableFuture<>();
        lane.ask(new Place(release, destination), limit, work, (value, error, took) -> answer.complete(error));
        return answer;
    }

    /** Whatever it is told, it hangs to the end of the test. */
    private Work<Void> deaf(AtomicInteger inside) {
        return Work.blocking(() -> {
            inside.incrementAndGet();
            while (true) {
                try {
                    end.await();
                    return null;
                } catch (InterruptedException e) {
                    // just so
                }
            }
        });
    }

    /** C1: a source that hangs and hears no interrupt used up everybody's threads for good. */
    @Test
    void aDeafDestinationHoldsItsShareAndNoMore() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CompletableFuture<Exception> first = null;
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Exception> answer = ask("hanging-" + i, "dead", Duration.ofMillis(50), deaf(inside));
            first = first == null ? answer : first;
        }
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        for (int i = 0; i < 5; i++) {
            assertThat(ask("healthy", "alive", LONG, Work.blocking(() -> "well"))
                            .get(30, TimeUnit.SECONDS))
                    .isNull();
        }
        assertThat(inside).hasValueLessThanOrEqualTo(2);
    }

    /** C1's other side: with a thread that hears no interrupt. */
    @Test
    void whoWaitsBehindADeafDestinationHearsThatItIsSilent() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<CompletableFuture<Exception>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(ask("hanging-" + i, "dead", Duration.ofMillis(50), deaf(inside)));
        }
        for (CompletableFuture<Exception> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
        assertThat(inside).hasValue(2);
    }

    /** The same for a source that is asked asynchronously and waits all the same, as other plugins' do by default. */
    @Test
    void anAsynchronousCallThatWaitsHoldsOneThreadAndCounts() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch hangs = new CountDownLatch(2);
        for (int i = 0; i < 20; i++) {
            ask(
                    "hanging-" + i,
                    "dead",
                    LONG,
                    Work.asynchronous(blocking -> CompletableFuture.runAsync(
                            () -> {
                                inside.incrementAndGet();
                                hangs.countDown();
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            blocking)));
        }
        assertThat(hangs.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> answer = new CompletableFuture<>();
        lane.ask(
                new Place("healthy", "alive"),
                LONG,
                Work.<String>asynchronous(blocking -> CompletableFuture.supplyAsync(() -> "well", blocking)
                        .thenApplyAsync(text -> text + " indeed", blocking)),
                (value, error, took) -> answer.complete(value));
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("well indeed");
        assertThat(inside).hasValue(2);
        assertThat(lane.load().waiting()).isEqualTo(18);
    }

    /** C1: the interrupt of the deadline ended one part, and the next ones held the thread for as long as they liked. */
    @Test
    void ofACallThatIsGivenUpNoFurtherPartBegins() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        Runnable part = () -> {
            begun.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                // just so: it was meant for this one
            }
        };
        CompletableFuture<Exception> late = ask(
                "a",
                "x",
                Duration.ofMillis(200),
                Work.asynchronous(blocking -> CompletableFuture.allOf(
                        CompletableFuture.runAsync(part, blocking), CompletableFuture.runAsync(part, blocking))));
        assertThat(late.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        await("its thread to be free")
                .until(() -> begun.get() > 1 || lane.load().running() == 0);
        assertThat(begun).hasValue(1);
    }

    @Test
    void aDeadlineInterruptsAndMakesRoom() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<CompletableFuture<Exception>> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(ask("a", "x", Duration.ofMillis(50), Work.blocking(() -> {
                never.await();
                return null;
            })));
        }
        for (CompletableFuture<Exception> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    /** C1's kind: many destinations that hang, each within its share, took all threads again and again. */
    @Test
    void destinationsThatWereSlowOfLateHoldTheirShareTogether() throws Exception {
        for (int i = 0; i < 6; i++) {
            CompletableFuture<Exception> hung = ask("r" + i, "d" + i, Duration.ofMillis(20), Work.blocking(() -> {
                end.await();
                return null;
            }));
            assertThat(hung.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
        AtomicInteger inside = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            ask("r" + i, "d" + i, LONG, deaf(inside));
        }
        assertThat(ask("healthy", "alive", LONG, Work.blocking(() -> "well")).get(30, TimeUnit.SECONDS))
                .isNull();
        assertThat(inside).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void anInterruptOfADeadlineDoesNotStayOnTheThread() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<Exception> late = ask("a", "x", Duration.ofMillis(50), Work.blocking(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            interrupted.countDown();
            return null;
        }));
        assertThat(late.get(30, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Boolean> seen = new CompletableFuture<>();
            lane.ask(
                    new Place("a", "y"),
                    LONG,
                    Work.blocking(() -> Thread.currentThread().isInterrupted()),
                    (value, error, took) -> seen.complete(value));
            assertThat(seen.get(30, TimeUnit.SECONDS)).isFalse();
        }
    }
}
