// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Releases whose world hangs beside one whose world is well, with real threads. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class StarvationTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    private final RunnerThreads threads = new RunnerThreads();
    private final List<RunnerWorld> worlds = new ArrayList<>();

    @AfterEach
    void end() {
        worlds.forEach(RunnerWorld::close);
        threads.close();
    }

    private RunnerWorld world(String name) {
        RunnerWorld world = new RunnerWorld(name);
        worlds.add(world);
        return world;
    }

    private Runner runner(RunnerWorld world, Plan plan) throws Exception {
        return new Runner(
                plan,
                JournalFile.open(dir.resolve(worlds.indexOf(world) + ".jsonl")),
                List.of(),
                world,
                ReleaseClock.WALL,
                threads);
    }

    private static Event.Ended ended(Runner runner) throws Exception {
        return runner.ended().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** C1: 14 releases whose source hung rolled back a healthy one with a running body. */
    @Test
    void fourteenReleasesWhoseSourceHangsDoNotDelayAHealthyOne() throws Exception {
        for (int i = 0; i < 14; i++) {
            RunnerWorld deaf = world("dead");
            deaf.sourceDeaf = true;
            runner(deaf, RunnerWorld.plan(RunnerWorld.CONTRACT)).startCanary();
        }
        await("sources that hang").atMost(LIMIT).until(() -> worlds.stream().anyMatch(w -> w.hanging.get() > 0));
        Runner healthy = runner(world("alive"), RunnerWorld.planWithBodies(RunnerWorld.CONTRACT));
        healthy.startCanary();
        assertThat(ended(healthy).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** C1: all releases asked for the names of what they call in one share, and one that hung there held up the others for ever. */
    @Test
    void aSetUpThatHangsDoesNotDelayAnotherRelease() throws Exception {
        RunnerWorld deaf = world("dead");
        deaf.namesDeaf = true;
        runner(deaf, RunnerWorld.plan(RunnerWorld.CONTRACT)).startCanary();
        await("a set-up that hangs").atMost(LIMIT).until(() -> deaf.hanging.get() > 0);
        Runner healthy = runner(world("alive"), RunnerWorld.plan(RunnerWorld.CONTRACT));
        healthy.startCanary();
        assertThat(ended(healthy).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** C1: ten slow probes of one contract rolled back another team's healthy release. */
    @Test
    void tenSlowProbesOfOneReleaseDoNotDelayAnother() throws Exception {
        StringBuilder contract = new StringBuilder(RunnerWorld.CONTRACT);
        for (int i = 0; i < 10; i++) {
            contract.append(
                    "  - {id: DEP-10" + i + ", type: Rollback, stage: Post-deploy, title: Integrity, trigger: lost"
                            + " data, check: {command: {run: ./integrity}}, procedure: [{traffic: 0}], owner: team}\n");
        }
        RunnerWorld greedy = world("greedy");
        greedy.probesDeaf = true;
        runner(greedy, RunnerWorld.plan(contract.toString())).startCanary();
        await("a probe that hangs").atMost(LIMIT).until(() -> greedy.hanging.get() > 0);
        String probed = contract.substring(0, contract.indexOf("  - {id: DEP-101"));
        RunnerWorld modest = world("modest");
        Runner healthy = runner(modest, RunnerWorld.planWithBodies(probed));
        healthy.startCanary();
        assertThat(ended(healthy).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        await("the answer of its own probe")
                .atMost(LIMIT)
                .until(() -> modest.events.stream().anyMatch(Event.Validated.class::isInstance));
    }

    /** C4: moving traffic back waited for what others called. */
    @Test
    void fourRoutersThatHangDoNotDelayAFifthsWayBack() throws Exception {
        List<Runner> runners = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Runner runner = runner(world("w" + i), RunnerWorld.plan(RunnerWorld.CONTRACT));
            runner.startCanary();
            runners.add(runner);
        }
        worlds.forEach(world -> world.await(50));
        for (int i = 0; i < 4; i++) {
            worlds.get(i).routerDeaf = true;
            runners.get(i).rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        }
        await("routers that hang")
                .atMost(LIMIT)
                .until(() -> worlds.stream().filter(w -> w.hanging.get() > 0).count() == 4);
        runners.get(4).rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        assertThat(ended(runners.get(4)).confirmed()).isTrue();
        assertThat(worlds.get(4).weight).isZero();
    }

    /** C1's kind: listeners were told by those who decide; three that hung were the end of all releases. */
    @Test
    void listenersThatHangDoNotDelayDecisions() throws Exception {
        for (int i = 0; i < 4; i++) {
            RunnerWorld deaf = world("w" + i);
            deaf.listenerDeaf = true;
            runner(deaf, RunnerWorld.plan(RunnerWorld.CONTRACT)).startCanary();
        }
        await("listeners that hang").atMost(LIMIT).until(() -> worlds.stream().anyMatch(w -> w.hanging.get() > 0));
        Runner healthy = runner(world("alive"), RunnerWorld.plan(RunnerWorld.CONTRACT));
        healthy.startCanary();
        assertThat(ended(healthy).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        // theirs go on as well, and end
        await("deaf ones that were promoted")
                .atMost(LIMIT)
                .until(() -> worlds.stream().allMatch(w -> w.weight == 100));
    }

    /** C1: three set-ups that hung when they were asked for their names held all threads that ask sources. */
    @Test
    void setUpsThatHangDoNotKeepOthersFromLooking() throws Exception {
        for (int i = 0; i < 5; i++) {
            RunnerWorld deaf = world("dead-" + i);
            deaf.namesDeaf = true;
            runner(deaf, RunnerWorld.plan(RunnerWorld.CONTRACT)).startCanary();
        }
        await("set-ups that hang")
                .atMost(LIMIT)
                .until(() -> worlds.stream().filter(w -> w.hanging.get() > 0).count() >= 2);
        Runner healthy = runner(world("alive"), RunnerWorld.plan(RunnerWorld.CONTRACT));
        healthy.startCanary();
        assertThat(ended(healthy).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** H16: people shared two threads with listeners, and were not called while two of those hung. */
    @Test
    void peopleAreCalledWhateverListenersDo() throws Exception {
        for (int i = 0; i < 4; i++) {
            RunnerWorld deaf = world("w" + i);
            deaf.listenerDeaf = true;
            runner(deaf, RunnerWorld.plan(RunnerWorld.CONTRACT)).startCanary();
        }
        await("listeners that hang").atMost(LIMIT).until(() -> worlds.stream().anyMatch(w -> w.hanging.get() > 0));
        RunnerWorld silent = world("silent");
        Runner unconfirmed = runner(silent, RunnerWorld.plan(RunnerWorld.CONTRACT));
        unconfirmed.startCanary();
        silent.await(50);
        silent.routerSilent = true;
        unconfirmed.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        await("people called").atMost(LIMIT).until(() -> !silent.calls.isEmpty());
    }
}
