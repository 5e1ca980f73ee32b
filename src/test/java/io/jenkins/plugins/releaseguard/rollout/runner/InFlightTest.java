// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final Place PLACE = new Place("shop", "prometheus");

    private final VirtualTimer timer = new VirtualTimer();
    private final Lane looks = lane("looks");
    private final Lane back = lane("back");
    private int freed;
    private boolean overtaken;
    private final InFlight inFlight = new InFlight(() -> freed++, () -> overtaken);
    private final List<String> answers = new ArrayList<>();
    private int begun;

    private Lane lane(String name) {
        return new Lane(name, new LaneLimits(8, 1, 8), new Workers(4, timer, timer).share(1, 2), timer);
    }

    private CompletableFuture<String> start(EffectKey key, Lane lane) {
        CompletableFuture<String> result = new CompletableFuture<>();
        inFlight.start(
                key,
                lane,
                PLACE,
                Duration.ofSeconds(8),
                Work.asynchronous(blocking -> {
                    begun++;
                    return result;
                }),
                (value, error, times) -> answers.add(key + " " + value));
        timer.settle();
        return result;
    }

    @Test
    void oneCallAKeyIsUnderWay() {
        CompletableFuture<String> first = start(EffectKey.LOOK, looks);
        start(EffectKey.LOOK, looks);
        start(EffectKey.READ, back);
        assertThat(begun).isEqualTo(2);
        first.complete("well");
        timer.settle();
        start(EffectKey.LOOK, looks);
        assertThat(begun).isEqualTo(3);
        assertThat(answers).containsExactly("look well");
    }

    /** C4: a drain between the freed key and the event that tells of the end had an action done twice. */
    @Test
    void nothingIsBegunAgainBeforeItsAnswerIsHandedOver() {
        CompletableFuture<String> result = new CompletableFuture<>();
        inFlight.start(
                EffectKey.action(0),
                back,
                PLACE,
                Duration.ofSeconds(8),
                Work.asynchronous(blocking -> result),
                (value, error, times) -> {
                    // a drain at the worst moment: it has not heard of the answer yet
                    start(EffectKey.action(0), back);
                    answers.add("handed over");
                });
        timer.settle();
        result.complete("well");
        timer.settle();
        assertThat(answers).containsExactly("handed over");
        assertThat(begun).isZero();
        assertThat(freed).as("who wanted it hears that it can be had").isEqualTo(1);
        start(EffectKey.action(0), back);
        assertThat(begun).isEqualTo(1);
    }

    /** C4: what was decided before an answer was heard had an action done twice. */
    @Test
    void nothingIsBegunAgainBeforeItsAnswerIsHeard() {
        start(EffectKey.action(0), back).complete("well");
        timer.settle();
        overtaken = true;
        start(EffectKey.action(0), back);
        assertThat(begun).isEqualTo(1);
        overtaken = false;
        start(EffectKey.action(0), back);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void whatIsDroppedIsNotAnsweredForAndItsKeyIsFree() {
        CompletableFuture<String> dropped = start(EffectKey.LOOK, looks);
        CompletableFuture<String> kept = start(EffectKey.READ, back);
        inFlight.drop((key, lane) -> lane == looks);
        timer.settle();
        dropped.complete("too late");
        kept.complete("well");
        timer.settle();
        assertThat(answers).containsExactly("read well");
        start(EffectKey.LOOK, looks);
        assertThat(begun).isEqualTo(3);
    }

    /** H8: the key of a call that no lane had taken stayed taken, and a way back was never tried again. */
    @Test
    void whatCouldNotBeAskedForIsAskedForAgain() {
        OutOfMemoryError memory = new OutOfMemoryError("for a test");
        Timer poor = new Timer() {
            private boolean once;

            @Override
            public long nanos() {
                if (!once) {
                    once = true;
                    throw memory;
                }
                return timer.nanos();
            }

            @Override
            public Scheduled schedule(Duration after, Runnable work) {
                return timer.schedule(after, work);
            }
        };
        Lane lane = new Lane("back", new LaneLimits(8, 1, 8), new Workers(4, timer, timer).share(1, 2), poor);
        assertThatThrownBy(() -> start(EffectKey.back(0), lane)).isSameAs(memory);
        start(EffectKey.back(0), lane).complete("well");
        timer.settle();
        assertThat(answers).containsExactly(EffectKey.back(0) + " well");
    }

    /** C1: what it waits in our own queue is known while it waits, and told with its answer. */
    @Test
    void howLongACallWaitsIsKnown() {
        CompletableFuture<String> read = start(EffectKey.READ, looks);
        inFlight.start(
                EffectKey.LOOK,
                looks,
                PLACE,
                Duration.ofSeconds(8),
                Work.asynchronous(blocking -> CompletableFuture.completedFuture("well")),
                (value, error, times) -> answers.add(times.queued() + " " + inFlight.waited(EffectKey.LOOK)));
        timer.pass(Duration.ofSeconds(7));
        assertThat(inFlight.waited(EffectKey.LOOK)).isEqualTo(Duration.ofSeconds(7));
        assertThat(inFlight.waited(EffectKey.READ)).isZero();
        assertThat(inFlight.waited(EffectKey.CAPTURE)).isZero();
        read.complete("well");
        timer.settle();
        assertThat(answers).containsExactly("read well", "PT7S PT0S");
    }
}
