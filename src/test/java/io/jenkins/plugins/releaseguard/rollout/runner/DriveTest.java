// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Who drives a release: what it does where threads, clocks or its own code fail it, in virtual time. */
class DriveTest {
    private static final String REVIVED = "the rollout had not reacted for %d s and was revived";

    /** H8: a lost wake was never made up for. */
    @Test
    void aLostWakeIsFoundAfterTenSeconds() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.decidesNothing = true;
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        release.pass(3);
        release.decidesNothing = false;
        release.pass(6);
        assertThat(release.world.weight).isEqualTo(50);
        release.pass(4);
        assertThat(release.world.weight).isZero();
        release.pass(60);
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
        assertThat(release.notes()).containsOnlyOnce(REVIVED.formatted(10));
        assertThat(release.recorded(Event.Breached.class)).hasSize(1);
    }

    /** It had nothing to do by itself: only what somebody wants of it shows that nobody is there. */
    @Test
    void whatIsWantedOfAReleaseThatHasNotBegunIsFoundToo() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        release.pass(60);
        release.decidesNothing = true;
        runner.record(new Event.Noted(NoteKind.NOTE, "wanted"));
        release.decidesNothing = false;
        release.pass(9);
        assertThat(release.notes()).isEmpty();
        release.pass(3);
        assertThat(release.notes()).containsExactlyInAnyOrder("wanted", REVIVED.formatted(10));
    }

    /** Two looks, or a release that looks seldom would be revived between them; but the way back is in a hurry. */
    @Test
    void aReleaseThatLooksSeldomIsWaitedForLongerUnlessItGoesBack() throws Exception {
        String seldom = RunnerWorld.CONTRACT
                .replace("phases: [internal, 50, 100]", "phases: [50, 100]")
                .replace("interval: 1s", "interval: 20s")
                .replace("noData: 8s", "noData: 10m")
                .replace("bake: 1s", "bake: 10m")
                .replace("maxBake: 30s", "maxBake: 20m");
        VirtualRelease release = VirtualRelease.of(seldom);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.pass(5);
        lose(release, runner);
        release.pass(38);
        assertThat(release.notes()).isEmpty();
        release.pass(5);
        assertThat(release.notes()).containsOnlyOnce(REVIVED.formatted(40));

        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        release.world.routerSilent = true;
        release.pass(2);
        lose(release, runner);
        release.pass(13);
        assertThat(release.notes()).contains(REVIVED.formatted(10));
    }

    private static void lose(VirtualRelease release, Runner runner) {
        release.decidesNothing = true;
        // the turn is taken for it, and nobody comes
        runner.record(new Event.Noted(NoteKind.NOTE, "lost"));
        release.timer.settle();
        release.decidesNothing = false;
    }

    @Test
    void whoHasLetGoIsNotRevived() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.detach();
        release.pass(1);
        assertThat(release.closed).isTrue();
        List<Event> record = new ArrayList<>(release.record);
        int told = release.world.events.size();
        runner.record(new Event.Noted(NoteKind.NOTE, "too late"));
        release.pass(120);
        assertThat(release.record).isEqualTo(record);
        assertThat(release.world.weight).isEqualTo(50);
        assertThat(runner.ended()).isNotDone();
        assertThat(release.world.events.subList(told, release.world.events.size()))
                .noneMatch(Event.Looked.class::isInstance)
                .noneMatch(e -> e instanceof Event.Noted noted && noted.text().contains("revived"));
    }

    @Test
    void whereNoThreadCanBeMadeItIsTriedAgain() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        release.cannotDecide = new OutOfMemoryError("for a test");
        runner.record(new Event.Noted(NoteKind.NOTE, "wanted"));
        release.timer.pass(Duration.ofMillis(900));
        assertThat(release.record).isEmpty();
        release.timer.pass(Duration.ofMillis(200));
        assertThat(release.notes()).containsExactly("wanted");
    }

    @Test
    void whoeverIsGoneIsNotTriedAgain() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Lanes gone = new Lanes(
                work -> {
                    throw new RejectedExecutionException("shut down");
                },
                release.timer,
                release.timer,
                release.timer);
        Runner runner = new Runner(release.plan, release, State.NEW, release.world, release.clock, gone);
        runner.record(new Event.Noted(NoteKind.NOTE, "too late"));
        release.pass(5);
        assertThat(release.record).isEmpty();
    }

    /** Whatever fails: a release that nobody drives any more is worse. */
    @Test
    void aMomentsFailureIsGotOverASecondLater() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.clockFails = new IllegalStateException("for a test");
        release.pass(60);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.notes()).isEmpty();
    }

    /** H6: a machine that was suspended blamed the sources for the time without it. */
    @Test
    void aClockThatWentAheadIsTimeWithoutUs() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.ahead = Duration.ofSeconds(9);
        release.pass(3);
        assertThat(release.recorded(Event.Resumed.class)).isEmpty();
        release.ahead = Duration.ofSeconds(61);
        release.pass(60);
        assertThat(release.recorded(Event.Resumed.class)).singleElement().satisfies(resumed -> {
            assertThat(resumed.downSeconds()).isBetween(60.0, 62.0);
            assertThat(resumed.why()).startsWith("the clock went ahead");
        });
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void theEndIsToldWhenItIsWrittenAndHeard() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        List<String> told = new ArrayList<>();
        runner.ended().thenAccept(ended -> {
            assertThat(release.record).last().isEqualTo(ended);
            assertThat(release.world.events).last().isEqualTo(ended);
            assertThat(runner.written()).isDone();
            told.add(ended.verdict().text());
        });
        release.pass(60);
        assertThat(told).containsExactly("promoted");
        assertThat(release.closed).isTrue();
        assertThat(release.world.events).as("all of it is told, in its order").isEqualTo(release.record);
        runner.record(new Event.Noted(NoteKind.NOTE, "after the end"));
        runner.rollBack(BreachCause.OPERATOR, "ann", "too late");
        release.pass(60);
        assertThat(release.record).last().isInstanceOf(Event.Ended.class);
        assertThat(release.world.weight).isEqualTo(100);
    }

    /** H10: an end waits for its disk, but whoever waits for the end doesn't wait for ever. */
    @Test
    void anEndWhoseDiskHangsIsToldAfterTenSecondsAndWrittenAsSoonAsItAnswers() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.diskHangs = true;
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        for (int i = 0; i < 600 && runner.state().life() != Lifecycle.ENDED; i++) {
            release.timer.pass(Duration.ofMillis(100));
        }
        release.pass(9);
        assertThat(runner.state().life()).isEqualTo(Lifecycle.ENDED);
        assertThat(runner.ended()).isNotDone();
        release.pass(2);
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
        assertThat(runner.written()).isNotDone();
        release.diskAnswers();
        release.pass(1);
        assertThat(runner.written()).isDone();
        assertThat(release.record).last().isInstanceOf(Event.Ended.class);
    }

    @Test
    void aReleaseThatEndedLongAgoHasEndedAndIsLeftAlone() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner first = release.started();
        release.pass(60);
        List<Event> record = new ArrayList<>(release.record);
        Runner again = release.runner(first.state());
        assertThat(again.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(again.armed()).isDone();
        again.record(new Event.Noted(NoteKind.NOTE, "after the end"));
        release.pass(60);
        assertThat(release.record).isEqualTo(record);
    }

    /** A person who orders the way back is not kept waiting for the router's word. */
    @Test
    void whoHesitatesGoesBackAllTheSame() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.hesitate();
        release.pass(60);
        assertThat(release.world.weight).isEqualTo(50);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        release.pass(3);
        assertThat(release.world.weight).isZero();
        release.pass(60);
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
    }
}
