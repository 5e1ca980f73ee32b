// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Releases begin with what to expect of them, and wait for none of it. */
@Timeout(120)
class ProspectsTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Prospects prospects = new Prospects(UnaryOperator.identity());
    private final CountDownLatch computed = new CountDownLatch(1);
    private final CountDownLatch computing = new CountDownLatch(1);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        computed.countDown();
        prospects.close();
    }

    private Optional<Expected> answer(String text) throws IOException {
        computing.countDown();
        try {
            computed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return Optional.of(new Expected(text, null, null));
    }

    private void begin(String id) {
        prospects.begin(id, () -> answer(id), (sentence, late) -> heard.add(sentence + (late ? ", late" : "")));
    }

    private String next() throws InterruptedException {
        return heard.poll(60, TimeUnit.SECONDS);
    }

    @Test
    void aLogBeginsWithWhatToExpect() throws Exception {
        begin("a");
        Prospect a = prospects.of("a");
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        a.whenKnown(FOR_EVER, () -> a.begun(log::add));
        assertThat(log).isEmpty();
        assertThat(a.expected()).as("not known yet").isEmpty();
        assertThat(a.remaining(State.NEW, false)).isEmpty();

        computed.countDown();

        assertThat(log.poll(60, TimeUnit.SECONDS)).isEqualTo("Expected: a");
        assertThat(next()).as("not told twice").isEqualTo("Expected: a");
        assertThat(a.expected()).isEqualTo("a");
    }

    /** One thread, of the lowest priority, has them all; ten that begin at once have begun before one of them is known. */
    @Test
    void tenThatBeginAtOnceWaitForNobody() throws Exception {
        Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
        List<Prospect> all = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            String id = "release " + i;
            prospects.begin(
                    id,
                    () -> {
                        threads.add(Thread.currentThread());
                        return answer(id);
                    },
                    (sentence, late) -> heard.add(sentence + (late ? ", late" : "")));
            all.add(prospects.of(id));
        }
        for (Prospect each : all) {
            each.whenKnown(Duration.ofMillis(1), () -> {
                each.begun(line -> heard.add("too soon: " + line));
                begun.countDown();
            });
        }
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).isEmpty();

        computed.countDown();

        for (int i = 0; i < 10; i++) {
            assertThat(next()).isEqualTo("Expected: release " + i + ", late");
        }
        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
            assertThat(thread.isDaemon()).as("keeps nobody from shutting down").isTrue();
        });
    }

    @Test
    void ofWhatHasEndedNobodyAsks() throws Exception {
        begin("first");
        prospects.begin("second", () -> answer("nobody asked"), (sentence, late) -> heard.add(sentence));
        begin("third");
        computing.await();

        prospects.end("second");
        computed.countDown();

        assertThat(next()).isEqualTo("Expected: first");
        assertThat(next()).isEqualTo("Expected: third");
        CountDownLatch called = new CountDownLatch(1);
        prospects.of("second").whenKnown(FOR_EVER, called::countDown);
        assertThat(called.getCount()).as("nothing will be known of it").isZero();
    }

    @Test
    void whatCannotBeReadIsNoForecast() throws Exception {
        prospects.begin(
                "broken",
                () -> {
                    throw new IOException("the disk is gone");
                },
                (sentence, late) -> heard.add(sentence));
        CountDownLatch called = new CountDownLatch(1);

        prospects.of("broken").whenKnown(FOR_EVER, called::countDown);

        assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(prospects.of("broken").expected()).isEmpty();
    }

    /** What is too much, and what comes after the end, is never computed, and whoever waits for it hears that at once. */
    @Test
    void theQueueHasABoundAndAnEnd() throws Exception {
        for (int i = 0; i < 60; i++) {
            begin("release " + i);
        }
        CountDownLatch called = new CountDownLatch(1);
        prospects.of("release 59").whenKnown(FOR_EVER, called::countDown);
        assertThat(called.getCount()).isZero();

        computing.await();
        prospects.close();
        begin("after the end");
        CountDownLatch after = new CountDownLatch(1);
        prospects.of("after the end").whenKnown(FOR_EVER, after::countDown);
        assertThat(after.getCount()).isZero();
    }
}
