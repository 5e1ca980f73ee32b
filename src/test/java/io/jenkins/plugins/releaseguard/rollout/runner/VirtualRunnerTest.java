// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runners on one thread and with virtual time. */
class VirtualRunnerTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final Lanes lanes = new Lanes(timer, timer, timer, timer);
    private final ReleaseClock clock = new TimerClock(timer);

    private static final class Written implements JournalWriter {
        private final List<Stamped> events = new ArrayList<>();

        @Override
        public Stamped append(Instant at, Instant wall, Event event) {
            Stamped stamped = new Stamped(events.size(), at, wall, event);
            events.add(stamped);
            return stamped;
        }

        @Override
        public void close() {}
    }

    private Runner runner(RunnerWorld world, Written journal) throws Exception {
        Runner runner = new Runner(RunnerWorld.plan(RunnerWorld.CONTRACT), journal, State.NEW, world, clock, lanes);
        runner.startCanary();
        return runner;
    }

    private void passUntilHalfIsMoved(RunnerWorld world) {
        for (int i = 0; i < 1000 && world.weight != 50; i++) {
            timer.pass(Duration.ofMillis(100));
        }
        assertThat(world.weight).isEqualTo(50);
    }

    @Test
    void severalReleasesGoTheSameWayEachTime() throws Exception {
        List<Stamped> first = severalReleases();
        assertThat(first).hasSizeGreaterThan(50);
        assertThat(new VirtualRunnerTest().severalReleases()).isEqualTo(first);
    }

    /** H2: when an answer came doesn't say how old it is. */
    @Test
    void aReadingOfTheRouterSaysWhenItWasAskedFor() throws Exception {
        assertThat(severalReleases())
                .filteredOn(stamped -> stamped.event() instanceof Event.RouterRead)
                .hasSizeGreaterThan(10)
                .allSatisfy(stamped -> assertThat(((Event.RouterRead) stamped.event()).asked())
                        .isNotNull()
                        .isBeforeOrEqualTo(stamped.at()));
    }

    private List<Stamped> severalReleases() throws Exception {
        List<Written> journals = new ArrayList<>();
        List<Runner> runners = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Written journal = new Written();
            journals.add(journal);
            runners.add(runner(new RunnerWorld(name), journal));
            timer.pass(Duration.ofMillis(300));
        }
        timer.pass(Duration.ofMinutes(2));
        assertThat(runners)
                .extracting(r -> r.ended().getNow(null))
                .allSatisfy(ended -> assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.PROMOTED));
        return journals.stream().flatMap(j -> j.events.stream()).toList();
    }

    /** M1: releases that a restart took up together looked at the same moments from then on. */
    @Test
    void afterARestartReleasesDriftApart() throws Exception {
        String contract = RunnerWorld.CONTRACT
                .replace("interval: 1s", "interval: 100s")
                .replace("noData: 8s", "noData: 30m")
                .replace("bake: 1s", "bake: 10h")
                .replace("maxBake: 30s", "maxBake: 20h");
        RunnerWorld world = new RunnerWorld("a");
        Written before = new Written();
        Runner first = new Runner(RunnerWorld.plan(contract), before, State.NEW, world, clock, lanes);
        first.startCanary();
        timer.pass(Duration.ofMinutes(5));
        first.detach();
        timer.pass(Duration.ofMinutes(5));

        List<Written> journals = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Written journal = new Written();
            journals.add(journal);
            Plan plan = RunnerWorld.plan(contract.replace("service: shop", "service: shop-" + i));
            new Runner(plan, journal, Fold.all(plan, before.events), world, clock, lanes)
                    .resume(Duration.ofMinutes(5), "a restart");
        }
        timer.pass(Duration.ofMinutes(390));
        List<List<Event.Looked>> looks = journals.stream()
                .map(journal -> journal.events.stream()
                        .map(Stamped::event)
                        .filter(Event.Looked.class::isInstance)
                        .map(Event.Looked.class::cast)
                        .toList())
                .toList();
        assertThat(moments(looks, 0)).hasSizeGreaterThanOrEqualTo(8);
        assertThat(moments(looks, 200)).hasSize(10);
        // by far more than the tenth of an interval that one look may be put off
        assertThat(Duration.between(
                        moments(looks, 200).first(), moments(looks, 200).last()))
                .isGreaterThan(Duration.ofSeconds(100));
        for (List<Event.Looked> one : looks) {
            for (int i = 1; i < one.size(); i++) {
                Instant from = one.get(i).from();
                assertThat(from).isEqualTo(one.get(i - 1).to());
                // a tenth, and the second until the next wake
                assertThat(Duration.between(from, one.get(i).to()))
                        .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(111));
            }
        }
    }

    private static NavigableSet<Instant> moments(List<List<Event.Looked>> looks, int look) {
        return looks.stream().map(one -> one.get(look).to()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** H6: a process that is stopped for a minute, and its clock with it not, blamed the sources for it. */
    @Test
    void aProcessThatStoodStillSaysSoAndBlamesNobody() throws Exception {
        Written journal = new Written();
        RunnerWorld world = new RunnerWorld("a");
        Runner runner = runner(world, journal);
        passUntilHalfIsMoved(world);
        timer.standStill(Duration.ofSeconds(61));
        timer.pass(Duration.ofMinutes(2));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(journal.events)
                .extracting(Stamped::event)
                .filteredOn(Event.Resumed.class::isInstance)
                .singleElement()
                .satisfies(e -> assertThat(((Event.Resumed) e).downSeconds()).isBetween(55.0, 61.0));
        assertThat(journal.events).noneMatch(s -> s.event() instanceof Event.Breached);
        // the watchdog saw that time itself had stood still
        assertThat(journal.events).noneMatch(s -> s.event() instanceof Event.Noted);
    }

    /** C1: a look that waits in our own queue for longer than a source may be silent breaches nothing. */
    @Test
    void aLookThatWaitsForItsTurnIsNobodysSilence() throws Exception {
        Written journal = new Written();
        RunnerWorld world = new RunnerWorld("a");
        world.holdsNoThread = true;
        Runner runner = runner(world, journal);
        passUntilHalfIsMoved(world);
        // others take all that the destination may have under way
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            CompletableFuture<Void> other = new CompletableFuture<>();
            others.add(other);
            lanes.looks()
                    .ask(
                            new Place("other-" + i, "source a"),
                            Duration.ofHours(1),
                            Work.asynchronous(blocking -> other),
                            (value, error, times) -> {});
        }
        timer.pass(Duration.ofSeconds(25));
        assertThat(runner.lookWaits()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25));
        assertThat(runner.state().isRollingBack()).isFalse();
        assertThat(journal.events).anyMatch(s -> s.event() instanceof Event.LookLate);
        others.forEach(other -> other.complete(null));
        timer.pass(Duration.ofMinutes(2));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(journal.events).noneMatch(s -> s.event() instanceof Event.Breached);
    }

    /** C1: a look that could not be begun kept the way back from being begun. */
    @Test
    void whatCannotBeBegunKeepsNothingElseFromIt() throws Exception {
        AtomicBoolean poor = new AtomicBoolean();
        Timer memory = new Timer() {
            @Override
            public long nanos() {
                boolean looks = StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(f -> f.getClassName().endsWith(".Looking")
                                && f.getMethodName().equals("look")));
                if (looks && poor.get()) {
                    throw new OutOfMemoryError("for a test");
                }
                return timer.nanos();
            }

            @Override
            public Scheduled schedule(Duration after, Runnable work) {
                return timer.schedule(after, work);
            }
        };
        RunnerWorld world = new RunnerWorld("a");
        Runner runner = new Runner(
                RunnerWorld.plan(RunnerWorld.CONTRACT),
                new Written(),
                State.NEW,
                world,
                clock,
                new Lanes(timer, timer, timer, memory));
        runner.startCanary();
        passUntilHalfIsMoved(world);
        poor.set(true);
        timer.pass(Duration.ofSeconds(3));
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        timer.pass(Duration.ofSeconds(3));
        assertThat(world.weight).isZero();
        poor.set(false);
        timer.pass(Duration.ofMinutes(2));
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
    }

    /** C4: an action whose end came while a reaction was carried out, which had not heard of it, was done twice. */
    @Test
    void anActionThatEndsWhileAReactionIsCarriedOutIsDoneOnce() throws Exception {
        List<CompletableFuture<Void>> acts = new ArrayList<>();
        RunnerWorld world = new RunnerWorld("a") {
            @Override
            public CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
                acts.add(new CompletableFuture<>());
                return acts.get(acts.size() - 1);
            }
        };
        Timer endingActs = new Timer() {
            @Override
            public long nanos() {
                // the router is asked, and what was decided with it comes next
                boolean reading = StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(f -> f.getClassName().endsWith(".Performer")
                                && f.getMethodName().equals("read")));
                if (reading) {
                    acts.forEach(act -> act.complete(null));
                }
                return timer.nanos();
            }

            @Override
            public Scheduled schedule(Duration after, Runnable work) {
                return timer.schedule(after, work);
            }
        };
        Written journal = new Written();
        String contract = RunnerWorld.CONTRACT.replace("[{traffic: 0}]", "[{traffic: 0}, {notify: oncall}]");
        Runner runner = new Runner(
                RunnerWorld.plan(contract),
                journal,
                State.NEW,
                world,
                clock,
                new Lanes(timer, timer, timer, endingActs));
        runner.startCanary();
        passUntilHalfIsMoved(world);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        timer.pass(Duration.ofMinutes(2));
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
        assertThat(acts).hasSize(1);
        assertThat(journal.events)
                .extracting(Stamped::event)
                .filteredOn(e -> e instanceof Event.Done done && done.key().equals("action-0"))
                .hasSize(1);
    }

    /** H8: whoever only waits for the router's word after a restart was taken for dead. */
    @Test
    void whoHesitatesIsAlive() throws Exception {
        RunnerWorld world = new RunnerWorld("a");
        Runner before = runner(world, new Written());
        passUntilHalfIsMoved(world);
        before.detach();
        timer.pass(Duration.ofSeconds(1));
        Written journal = new Written();
        Runner runner =
                new Runner(RunnerWorld.plan(RunnerWorld.CONTRACT), journal, before.state(), world, clock, lanes);
        runner.hesitate();
        timer.pass(Duration.ofSeconds(40));
        assertThat(journal.events).isEmpty();
        runner.resume(Duration.ofSeconds(41), "for a test");
        timer.pass(Duration.ofMinutes(2));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }
}
