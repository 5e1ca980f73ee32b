// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.async.Bulkheads;
import io.jenkins.plugins.releaseguard.async.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NamesTest {
    private final List<Runnable> lookUps = new ArrayList<>();
    private final List<Runnable> due = new ArrayList<>();
    private final Names names = new Names(bulkheads(4, 4), NamesTest::loopback, this::later);

    private Bulkheads bulkheads(int atOnce, int most) {
        return new Bulkheads(atOnce, most, Duration.ofSeconds(1), lookUps::add, (in, what) -> () -> {});
    }

    private Runnable later(Duration in, Runnable what) {
        due.add(what);
        return () -> due.remove(what);
    }

    private static InetAddress[] loopback(String host) throws UnknownHostException {
        if (host.startsWith("no-such-host")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    /** C1: a name server that hangs holds one thread for a name, whoever waits for it. */
    @Test
    void aNameIsLookedUpOnceForAllWhoWait() {
        CompletableFuture<List<InetAddress>> first = names.find("a.example");
        CompletableFuture<List<InetAddress>> second = names.find("a.example");
        assertThat(lookUps).hasSize(1);
        assertThat(second).isNotDone();

        first.cancel(true);
        lookUps.get(0).run();
        assertThat(second).isCompletedWithValue(List.of(InetAddress.getLoopbackAddress()));
        assertThat(names.find("a.example")).isCompleted();
        assertThat(lookUps).hasSize(1);
    }

    @Test
    void whatIsNotFoundIsLookedUpAgain() {
        CompletableFuture<List<InetAddress>> none = names.find("no-such-host.invalid");
        lookUps.get(0).run();
        assertThatThrownBy(none::get).hasCauseInstanceOf(UnknownHostException.class);

        names.find("no-such-host.invalid");
        assertThat(lookUps).hasSize(2);
    }

    @Test
    void aLookUpThatFindsNoThreadIsAFailure() {
        Bulkheads full = new Bulkheads(
                1,
                1,
                Duration.ofSeconds(1),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                this::later);
        assertThat(new Names(full, NamesTest::loopback, this::later).find("a.example"))
                .isCompletedExceptionally();
    }

    /** C1: two look-ups that hung kept all others from being made. */
    @Test
    void lookUpsThatHangHoldUpNoOtherHost() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        ExecutorService pool = DaemonThreads.pool(8, "names-test");
        Bulkheads threads = new Bulkheads(2, 8, Duration.ofMillis(50), pool, NetThreads::later);
        Names hung = new Names(
                threads,
                host -> {
                    if (host.startsWith("hangs")) {
                        hanging.incrementAndGet();
                        awaitUninterruptibly(end);
                    }
                    return loopback(host);
                },
                NetThreads::later);
        try {
            for (int i = 0; i < 6; i++) {
                hung.find("hangs-" + i + ".example");
                hung.find("hangs-" + i + ".example");
            }
            assertThat(hung.find("well.example").get(30, TimeUnit.SECONDS)).hasSize(1);
            assertThat(hanging).hasValue(6);
        } finally {
            end.countDown();
            pool.shutdown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch end) {
        while (true) {
            try {
                end.await();
                return;
            } catch (InterruptedException e) {
                // as a look-up, which hears none
            }
        }
    }

    /** C1: where as many hang as there are threads, a host fails soon instead of waiting for all of theirs. */
    @Test
    void aHostThatGetsNoTurnFailsSoonAndAsksAnewLater() {
        Names one = new Names(bulkheads(1, 1), NamesTest::loopback, this::later);
        one.find("hangs.example");
        Names.Asked waits = one.ask("b.example");
        assertThat(waits.begun()).isNotDone();

        // the first has begun, as far as its executor is concerned
        due.get(1).run();
        assertThat(waits.begun()).isCompletedExceptionally();
        assertThatThrownBy(waits.found()::get)
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("can't be looked up now");

        Names.Asked again = one.ask("b.example");
        lookUps.get(0).run();
        lookUps.get(1).run();
        lookUps.get(2).run();
        assertThat(again.found().join().addresses()).hasSize(1);
    }

    /** C1: a call's deadline ran while it waited behind the look-ups of other hosts. */
    @Test
    void aLookUpSaysWhenItHasLeftOurQueue() {
        Names one = new Names(bulkheads(1, 1), NamesTest::loopback, this::later);
        one.ask("a.example");
        Names.Asked second = one.ask("b.example");
        assertThat(second.begun()).isNotDone();
        lookUps.get(0).run();
        assertThat(second.begun()).isNotDone();
        lookUps.get(1).run();
        assertThat(second.begun()).isCompleted();
        assertThat(second.found().join().kept()).isFalse();
    }

    /** C1: a name server that is away takes no host that is known. */
    @Test
    void aHostIsCalledAtItsLastKnownAddressesWhileItsLookUpHangs() throws Exception {
        names.find("a.example");
        lookUps.get(0).run();

        Names.Found found = names.ask("a.example").found().get(30, TimeUnit.SECONDS);
        assertThat(lookUps).as("the second hangs").hasSize(2);
        assertThat(found.kept()).isTrue();
        assertThat(found.addresses()).containsExactly(InetAddress.getLoopbackAddress());
    }

    @Test
    void anAddressNeedsNoLookUp() {
        assertThat(names.find("127.0.0.1")).isCompleted();
        assertThat(names.find("[::1]")).isCompleted();
        assertThat(lookUps).isEmpty();

        names.find("999.0.0.1");
        assertThat(lookUps).as("which is a name").hasSize(1);
    }
}
