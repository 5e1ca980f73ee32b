// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** On one thread and with virtual time; {@link BlockingCallsTest} has real threads. */
class LaneTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final VirtualTimer timer = new VirtualTimer();
    private final List<String> begun = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final List<Answer.Times> times = new ArrayList<>();

    private Lane lane(int atOnce, int perDestination, int perRelease) {
        return lane(atOnce, perDestination, perRelease, timer);
    }

    private Lane lane(int atOnce, int perDestination, int perRelease, Executor executor) {
        return new Lane(
                "looks",
                new LaneLimits(atOnce, perDestination, perRelease),
                new Workers(8, executor, timer).share(4, 4),
                timer);
    }

    /** A call that ends when the future does. */
    private CompletableFuture<String> ask(Lane lane, String release, String destination) {
        CompletableFuture<String> result = new CompletableFuture<>();
        ask(lane, release, destination, result);
        return result;
    }

    private Lane.Pending ask(Lane lane, String release, String destination, CompletableFuture<String> result) {
        String name = release + ">" + destination;
        Lane.Pending pending = lane.ask(
                new Place(release, destination),
                LIMIT,
                Work.asynchronous(blocking -> {
                    begun.add(name);
                    return result;
                }),
                (value, error, took) -> {
                    answers.add(name + " "
                            + (error == null ? value : error.getClass().getSimpleName()));
                    times.add(took);
                });
        timer.settle();
        return pending;
    }

    @Test
    void releasesTakeTurns() {
        Lane lane = lane(1, 1, 1);
        CompletableFuture<String> first = ask(lane, "a", "x");
        List<CompletableFuture<String>> later = new ArrayList<>();
        for (String release : List.of("a", "a", "a", "b", "c")) {
            later.add(ask(lane, release, "x"));
        }
        first.complete("well");
        later.forEach(one -> {
            timer.settle();
            one.complete("well");
        });
        // those that complete before their turn end at once
        timer.settle();
        assertThat(begun).startsWith("a>x", "a>x", "b>x", "c>x").hasSize(6);
    }

    /** C1: 14 releases whose source hangs rolled another team's healthy release back. */
    @Test
    void fourteenReleasesOfASourceThatHangsLeaveAnotherItsTurn() {
        Lane lane = lane(8, 3, 3);
        for (int i = 0; i < 14; i++) {
            ask(lane, "hanging-" + i, "dead");
        }
        ask(lane, "healthy", "alive").complete("well");
        timer.settle();
        assertThat(answers).containsExactly("healthy>alive well");
        assertThat(times.get(0).queued()).isZero();
        assertThat(lane.load().waiting()).isEqualTo(11);
    }

    /** C1: one contract's ten slow probes were everybody's. */
    @Test
    void tenSlowCallsOfOneReleaseLeaveAnotherItsTurn() {
        Lane lane = lane(8, 8, 2);
        for (int i = 0; i < 10; i++) {
            ask(lane, "greedy", "probe-" + i);
        }
        ask(lane, "modest", "probe").complete("well");
        timer.settle();
        assertThat(answers).containsExactly("modest>probe well");
    }

    /** C1: the deadline began in our own queue. */
    @Test
    void timeInTheQueueIsNotTheDestinationsSilence() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> first = ask(lane, "a", "x");
        CompletableFuture<String> second = ask(lane, "b", "x");
        timer.pass(Duration.ofSeconds(14));
        first.complete("well");
        timer.pass(Duration.ofSeconds(14));
        assertThat(answers).containsExactly("a>x well");
        second.complete("well");
        timer.settle();
        assertThat(answers).containsExactly("a>x well", "b>x well");
        assertThat(times.get(1)).isEqualTo(new Answer.Times(Duration.ofSeconds(14), Duration.ofSeconds(14)));
    }

    @Test
    void whatOutlivesItsDeadlineIsAnsweredForAndCountsUntilItEnds() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> stubborn = stubborn();
        ask(lane, "a", "x", stubborn);
        timer.pass(LIMIT);
        assertThat(answers).containsExactly("a>x " + TimeoutException.class.getSimpleName());
        assertThat(lane.load().overdue()).isEqualTo(1);
        ask(lane, "b", "x");
        ask(lane, "b", "y").complete("well");
        timer.settle();
        assertThat(begun).containsExactly("a>x", "b>y");
        stubborn.complete("too late");
        timer.settle();
        assertThat(begun).containsExactly("a>x", "b>y", "b>x");
        assertThat(answers).hasSize(2);
        assertThat(lane.load().overdue()).isZero();
    }

    private static CompletableFuture<String> stubborn() {
        return new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean interrupt) {
                return false;
            }
        };
    }

    /** C1's other side: what waited behind a call that never ends was late for ever, and the destination never silent. */
    @Test
    void whatWaitsBehindCallsThatDoNotEndIsTheirSilence() {
        Lane lane = lane(8, 1, 8);
        ask(lane, "a", "x", stubborn());
        timer.pass(Duration.ofSeconds(5));
        Lane.Pending before = ask(lane, "b", "x", new CompletableFuture<>());
        timer.pass(Duration.ofSeconds(20));
        Lane.Pending after = ask(lane, "c", "x", new CompletableFuture<>());
        timer.pass(Duration.ofSeconds(4));
        assertThat(before.waited()).isEqualTo(Duration.ofSeconds(10));
        assertThat(after.waited()).isZero();
        assertThat(answers).hasSize(1);
        timer.pass(LIMIT);
        assertThat(answers).containsExactly("a>x TimeoutException", "b>x TimeoutException", "c>x TimeoutException");
        assertThat(times.get(1)).isEqualTo(new Answer.Times(Duration.ofSeconds(10), LIMIT));
        assertThat(times.get(2)).isEqualTo(new Answer.Times(Duration.ZERO, LIMIT));
        assertThat(begun).containsExactly("a>x");
        assertThat(lane.load().waiting()).isZero();
    }

    @Test
    void theShareOfAReleaseIsTakenByWhatDoesNotEndToo() {
        Lane lane = lane(8, 8, 1);
        ask(lane, "a", "x", stubborn());
        timer.pass(LIMIT);
        ask(lane, "a", "y");
        ask(lane, "b", "x").complete("well");
        timer.pass(LIMIT);
        assertThat(answers).containsExactly("a>x TimeoutException", "b>x well", "a>y TimeoutException");
    }

    /** Nobody answers for it, but it has its share all the same. */
    @Test
    void whatIsDroppedAndDoesNotEndIsNoLatenessOfOurs() {
        Lane lane = lane(8, 1, 8);
        ask(lane, "a", "x", stubborn()).drop();
        timer.pass(LIMIT);
        assertThat(lane.load().overdue()).isEqualTo(1);
        Lane.Pending next = ask(lane, "a", "x", new CompletableFuture<>());
        timer.pass(LIMIT);
        assertThat(next.waited()).isZero();
        assertThat(answers).containsExactly("a>x TimeoutException");
    }

    @Test
    void whatEndsLateLetsTheNextBeginWithAllOfItsTime() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> stubborn = stubborn();
        ask(lane, "a", "x", stubborn);
        timer.pass(LIMIT);
        CompletableFuture<String> next = ask(lane, "b", "x");
        timer.pass(Duration.ofSeconds(14));
        stubborn.complete("too late");
        timer.pass(Duration.ofSeconds(14));
        next.complete("well");
        timer.pass(LIMIT);
        assertThat(answers).containsExactly("a>x TimeoutException", "b>x well");
        assertThat(times.get(1)).isEqualTo(new Answer.Times(Duration.ZERO, Duration.ofSeconds(14)));
        assertThat(lane.load().overdue()).isZero();
    }

    @Test
    void aDeadlineCancelsWhatCanBeCancelled() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> hanging = ask(lane, "a", "x");
        timer.pass(LIMIT);
        assertThat(hanging).isCancelled();
        assertThat(answers).hasSize(1);
        assertThat(lane.load().running()).isZero();
    }

    @Test
    void whatIsDroppedIsNotAnsweredForAndMakesRoom() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> running = new CompletableFuture<>();
        Lane.Pending first = ask(lane, "a", "x", running);
        Lane.Pending second = ask(lane, "b", "x", new CompletableFuture<>());
        ask(lane, "c", "x", new CompletableFuture<>());
        second.drop();
        first.drop();
        timer.settle();
        assertThat(running).isCancelled();
        assertThat(begun).containsExactly("a>x", "c>x");
        assertThat(answers).isEmpty();
    }

    /** H8's kind: a thread of our own that can't be had is no failure of what was to be called, and is tried again. */
    @Test
    void whatFindsNoThreadStaysInTheQueueAndComesOnce() {
        List<Runnable> kept = new ArrayList<>();
        int[] tries = {0};
        Lane lane = lane(8, 8, 8, work -> {
            tries[0]++;
            if (tries[0] == 1) {
                kept.add(work);
                throw new OutOfMemoryError("unable to create native thread");
            } else if (tries[0] == 2) {
                kept.add(work);
                throw new RejectedExecutionException("busy");
            }
            timer.execute(work);
        });
        ask(lane, "a", "x").complete("well");
        assertThat(answers).isEmpty();
        assertThat(lane.load().waiting()).isEqualTo(1);
        timer.pass(Duration.ofSeconds(5));
        assertThat(answers).containsExactly("a>x well");
        kept.forEach(Runnable::run);
        timer.settle();
        assertThat(begun).containsExactly("a>x");
        assertThat(lane.load().running()).isZero();
    }

    @Test
    void aCallThatFindsNoMemoryIsBegunAgainButNotForEver() {
        Lane lane = lane(8, 8, 8);
        int[] tries = {0};
        lane.ask(
                new Place("a", "x"),
                LIMIT,
                Work.<String>asynchronous(blocking -> {
                    tries[0]++;
                    throw new OutOfMemoryError("unable to create native thread");
                }),
                (value, error, took) -> answers.add(error.getMessage()));
        timer.pass(LIMIT.minusSeconds(1));
        assertThat(tries[0]).isGreaterThan(2);
        assertThat(answers).isEmpty();
        timer.pass(Duration.ofSeconds(2));
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0)).contains("unable to create native thread");
    }

    /** H8's kind: a call that breaks in an unforeseen way, or gives nothing to wait for, holds nobody's place. */
    @Test
    void whatIsNotForeseenIsAnsweredAndMakesRoom() {
        Lane lane = lane(1, 1, 1);
        lane.<String>ask(
                new Place("a", "x"),
                LIMIT,
                Work.asynchronous(blocking -> null),
                (value, error, took) -> answers.add(error.getMessage()));
        lane.<String>ask(
                new Place("a", "x"),
                LIMIT,
                Work.asynchronous(blocking -> {
                    throw new NoSuchMethodError("read()");
                }),
                (value, error, took) -> {
                    answers.add(error.getMessage());
                    throw new IllegalStateException("a listener that breaks");
                });
        ask(lane, "a", "x").complete("well");
        timer.settle();
        assertThat(answers)
                .containsExactly(
                        "the call gave nothing to wait for", "java.lang.NoSuchMethodError: read()", "a>x well");
    }

    @Test
    void aLaneTellsItsOwnLateness() {
        Lane lane = lane(8, 1, 8);
        CompletableFuture<String> first = ask(lane, "a", "x");
        CompletableFuture<String> second = ask(lane, "b", "x");
        ask(lane, "c", "x");
        timer.pass(Duration.ofSeconds(7));
        assertThat(lane.load())
                .isEqualTo(new LaneLoad("looks", 1, 0, 2, Duration.ofSeconds(7), Duration.ZERO, Duration.ZERO));
        first.complete("well");
        timer.settle();
        timer.pass(Duration.ofSeconds(2));
        second.complete("well");
        timer.settle();
        assertThat(lane.load())
                .isEqualTo(new LaneLoad("looks", 1, 0, 0, Duration.ZERO, Duration.ofSeconds(9), Duration.ofSeconds(9)));
        timer.pass(Duration.ofMinutes(6));
        assertThat(lane.load().longest()).isZero();
    }
}
