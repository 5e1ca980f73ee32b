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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        begin(prospects, id, () -> answer(id));
    }

    private Prospect begin(Prospects all, String id, Prospects.Question question) {
        all.begin(id, new Prospect(), () -> true, question, this::told);
        return all.of(id);
    }

    private void told(String sentence, boolean late) {
        heard.add(sentence + (late ? ", late" : ""));
    }

    private static CountDownLatch known(Prospect prospect) {
        CountDownLatch called = new CountDownLatch(1);
        prospect.whenKnown(FOR_EVER, called::countDown);
        return called;
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
            all.add(begin(prospects, id, () -> {
                threads.add(Thread.currentThread());
                return answer(id);
            }));
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
        begin(prospects, "second", () -> answer("nobody asked"));
        begin("third");
        computing.await();

        prospects.end("second");
        computed.countDown();

        assertThat(next()).isEqualTo("Expected: first");
        assertThat(next()).isEqualTo("Expected: third");
        assertThat(known(prospects.of("second")).getCount())
                .as("nothing will be known of it")
                .isZero();
    }

    /** Whoever ends a release that was opened a moment ago may come before what is expected of it. */
    @Test
    void ofWhatHasEndedBeforeNothingIsKept() throws Exception {
        prospects.begin("ended", new Prospect(), () -> false, () -> answer("nobody asked"), this::told);
        computed.countDown();
        begin("next");

        assertThat(prospects.of("ended")).isSameAs(Prospect.NONE);
        assertThat(next()).isEqualTo("Expected: next");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                        new IOException("the disk is gone"),
                        new IllegalStateException("a past that can't be"),
                        new OutOfMemoryError("no room for a forecast"),
                        new StackOverflowError())
                .map(Arguments::of);
    }

    /** No release waits or fails for it, and the next one has a forecast all the same. */
    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsIsNoForecast(Throwable failure) throws Exception {
        Prospect broken = begin(prospects, "broken", () -> {
            computing.countDown();
            if (failure instanceof IOException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure;
        });

        assertThat(known(broken).await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(broken.expected()).isEmpty();
        computed.countDown();
        begin("next");
        assertThat(next()).isEqualTo("Expected: next");
    }

    /** Fifty and no more, and nothing after the end; whoever isn't to have one hears that at once. */
    @Test
    void theQueueHasABoundAndAnEnd() throws Exception {
        begin("under way");
        computing.await();
        for (int i = 0; i < ForecastLane.MOST_WAITING + 9; i++) {
            begin("release " + i);
        }
        assertThat(ForecastLane.MOST_WAITING).isEqualTo(50);
        computed.countDown();

        assertThat(next()).isEqualTo("Expected: under way");
        for (int i = 0; i < 50; i++) {
            assertThat(next()).isEqualTo("Expected: release " + i);
        }
        begin("there is room again");
        assertThat(next()).isEqualTo("Expected: there is room again");

        prospects.close();
        begin("after the end");
        assertThat(known(prospects.of("after the end")).getCount()).isZero();
    }

    /** One is under way, one is the next, and only that one is worth waiting for. */
    @Test
    void whoeverIsNotTheNextWaitsForNobody() throws Exception {
        begin("under way");
        computing.await();
        begin("next");
        begin("third");

        assertThat(known(prospects.of("next")).getCount()).isEqualTo(1);
        assertThat(known(prospects.of("third")).getCount()).isZero();

        prospects.of("third").begun(line -> heard.add("too soon: " + line));
        computed.countDown();
        assertThat(next()).isEqualTo("Expected: under way");
        assertThat(next()).isEqualTo("Expected: next");
        assertThat(next()).isEqualTo("Expected: third, late");
    }

    /** A folder on a disk that doesn't answer: what waits behind it doesn't wait for ever, and what comes doesn't wait at all. */
    @Test
    void behindWhatHangsNobodyWaits() throws Exception {
        try (Prospects quick = new Prospects(UnaryOperator.identity(), () -> Duration.ofMillis(1))) {
            begin(quick, "hangs", () -> answer("hangs"));
            computing.await();

            assertThat(known(begin(quick, "waits", () -> answer("nobody asked")))
                            .await(60, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(known(begin(quick, "comes later", () -> answer("nobody asked")))
                            .getCount())
                    .isZero();

            computed.countDown();
            assertThat(next()).isEqualTo("Expected: hangs");
            String again = null;
            for (int i = 0; again == null; i++) {
                begin(quick, "again " + i, () -> answer("again"));
                again = heard.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(again).isEqualTo("Expected: again");
        }
    }

    /** Builds of the past go, and a forecast that is made again may be another: what has been said stands. */
    @Test
    void whatTheRecordSaysStandsAfterARestart() throws Exception {
        computed.countDown();
        prospects.begin("a", Prospect.takenUp("Expected: as of then"), () -> true, () -> answer("of now"), this::told);
        begin("next");

        assertThat(next()).as("nobody is told again").isEqualTo("Expected: next");
        assertThat(prospects.of("a").expected()).isEqualTo("as of then");
        List<String> log = new ArrayList<>();
        prospects.of("a").begun(log::add);
        assertThat(log).as("its log may not have come to it").containsExactly("Expected: as of then");
    }

    /** The controller stopped before there was a forecast: whoever follows is told when there is one. */
    @Test
    void whatTheRecordLacksIsToldAfterARestart() throws Exception {
        Prospect taken = Prospect.takenUp("");
        prospects.begin("a", taken, () -> true, () -> answer("a"), this::told);
        taken.begun(line -> heard.add("too soon: " + line));
        computed.countDown();

        assertThat(next()).isEqualTo("Expected: a, late");
        assertThat(taken.expected()).isEqualTo("a");
        taken.begun(line -> heard.add("twice: " + line));
        assertThat(heard).isEmpty();
    }
}
