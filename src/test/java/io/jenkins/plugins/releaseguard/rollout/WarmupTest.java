// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.sequential.MetricState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A phase warms up first: it is looked at, limits hold, nothing is bet, and the bake begins after it. */
class WarmupTest {
    private static final Duration LONG = Duration.ofHours(2);
    private static final String WARM = FakeRolloutWorld.CONTRACT.replace("warmup: 0s", "warmup: 2m");
    /** What a limit doesn't stop in the warm-up. */
    private static final String FAR = WARM.replace(">2% of requests for 1 minute", ">50% of requests for 1 minute")
            .replace("worse: higher, critical", "allow: 20%, worse: higher, critical");

    private static FakeRolloutWorld world(int seed, String contract) {
        return new FakeRolloutWorld(seed, contract, PlanOptions.ALONE).start();
    }

    private static List<Duration> warmups(String rollout) {
        return FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT
                        .replace("warmup: 0s", "strategy: canary")
                        .replace("phases: [internal, 5, 25, 100]", rollout))
                .rollout()
                .phases()
                .stream()
                .map(Phase::warmup)
                .toList();
    }

    private static List<Duration> seconds(int... seconds) {
        return java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @Test
    void theFirstUsersMeetAWarmUpAndTheRestDoesNot() {
        assertThat(warmups("phases: [internal, 5, 25, 100]"))
                .as("a fifth of a bake of five minutes")
                .isEqualTo(seconds(0, 60, 0, 0));
        assertThat(warmups("phases: [{weight: 5, bake: 15m}, 100]")).isEqualTo(seconds(120, 0));
        assertThat(warmups("phases: [{weight: 5, bake: 4s}, 25, 100]")).isEqualTo(seconds(0, 0, 0));
        assertThat(warmups("warmup: 30s\n  phases: [internal, 5, 25, 100]"))
                .as("the rollout's is each phase's that shares the users")
                .isEqualTo(seconds(0, 30, 30, 0));
        assertThat(warmups("warmup: 0s\n  phases: [internal, 5, {weight: 25, warmup: 7s}, 100]"))
                .isEqualTo(seconds(0, 0, 7, 0));
    }

    @Test
    void theBakeBeginsAfterTheWarmUp() {
        FakeRolloutWorld world = world(1, WARM).run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        List<Event.PhaseEnded> ended = world.events(Event.PhaseEnded.class);
        assertThat(ended.get(0).seconds()).isBetween(300.0, 320.0);
        assertThat(ended.get(1).seconds()).isBetween(420.0, 440.0);
        assertThat(ended.get(2).seconds()).isBetween(420.0, 440.0);
        assertThat(ended.get(3).seconds()).isBetween(300.0, 320.0);
        assertThat(world.events(Event.BakeStarted.class))
                .extracting(Event.BakeStarted::warmup)
                .containsExactly(null, 120.0, 120.0, null);
    }

    @Test
    void theLongestBakeCountsFromTheWarmUpsEnd() {
        FakeRolloutWorld world = world(2, WARM.replace("maxBake: 10m", "maxBake: 6m"));
        world.requestsPerSecond = 20;
        world.runUntilPhase(1).run(Duration.ofMinutes(7));
        assertThat(world.state.phaseIndex())
                .as("undecided, but not yet at the longest bake")
                .isEqualTo(1);
        world.run(Duration.ofMinutes(2));
        assertThat(world.state.phaseIndex()).isEqualTo(2);
    }

    @Test
    void aColdStartIsNeitherStoppedNorHeldAgainstTheCanary() {
        FakeRolloutWorld world = world(3, FAR).runUntilPhase(1);
        world.canaryErrors = 0.2;
        Instant shifted = world.now;
        while (world.now.isBefore(shifted.plusSeconds(115))) {
            world.second();
            MetricState errors = world.state.watching().judging().state() == null
                    ? null
                    : world.state.watching().judging().state().metrics().get("MON-001");
            assertThat(errors == null || errors.highest() == 1 && errors.looks() == 0)
                    .as("nothing is bet")
                    .isTrue();
        }
        assertThat(world.state.verdict().reason()).contains("warms up");
        assertThat(world.state.warmupLeft()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        world.canaryErrors = 0.001;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events(Event.Judged.class))
                .extracting(Event.Judged::action)
                .doesNotContain(LookAction.STOP);
    }

    @Test
    void theSameHarmWithoutAWarmUpIsStopped() {
        FakeRolloutWorld world =
                world(3, FAR.replace("warmup: 2m", "warmup: 0s")).runUntilPhase(1);
        world.canaryErrors = 0.2;
        world.run(Duration.ofSeconds(115));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.JUDGE);
    }

    @Test
    void aTriggerAndTheBudgetHoldInTheWarmUp() {
        FakeRolloutWorld limit = world(4, WARM).runUntilPhase(1);
        limit.canaryErrors = 0.2;
        limit.run(Duration.ofSeconds(100));
        assertThat(limit.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.TRIGGER);
        FakeRolloutWorld budget = world(5, FAR.replace("noData: 1m", "noData: 1m\n  blastRadius: 20"))
                .runUntilPhase(1);
        budget.canaryErrors = 0.2;
        budget.run(Duration.ofSeconds(100));
        assertThat(budget.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.JUDGE);
        assertThat(budget.events(Event.Breached.class).get(0).reason()).contains("budget of 20");
    }

    @Test
    void whatWasWarmedUpCountsAfterTheWeightWasSetAgainAndAfterARestart() {
        FakeRolloutWorld world = world(6, WARM).runUntilPhase(1);
        world.run(Duration.ofSeconds(40));
        world.weight = 7;
        world.run(Duration.ofSeconds(20));
        List<Event.BakeStarted> started = world.events(Event.BakeStarted.class);
        assertThat(started).as("internal, 5 % and once more").hasSize(3);
        assertThat(started.get(2).warmup()).isBetween(70.0, 90.0);
        State folded = Fold.all(world.plan, world.journal);
        assertThat(folded).as("the journal says all of it").isEqualTo(world.state);
        world.forget();
        world.accept(new Event.Resumed(0, "restarted"));
        world.run(Duration.ofSeconds(10));
        started = world.events(Event.BakeStarted.class);
        assertThat(started.get(3).warmup()).isLessThan(started.get(2).warmup()).isPositive();
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void aRecordOfAnEarlierVersionGoesOnWithoutAWarmUp() {
        FakeRolloutWorld world = world(7, WARM);
        world.runUntil(() ->
                world.state.phaseIndex() == 1 && world.state.phase().shift().accepted());
        world.accept(new Event.BakeStarted(1));
        world.run(Duration.ofSeconds(5));
        world.weight = 7;
        world.run(Duration.ofSeconds(20));
        assertThat(world.events(Event.BakeStarted.class))
                .extracting(Event.BakeStarted::warmup)
                .containsExactly(null, null, null);
        Stamped bake = world.journal.get(0);
        assertThat(world.state.phase().warmsUp(bake.at())).isTrue();
        assertThat(world.state.phase().warmsUp(world.now)).isFalse();
    }

    @Test
    void aPauseStopsNoWarmUpAndAPersonMayPassByIt() {
        FakeRolloutWorld world = world(8, WARM).runUntilPhase(1);
        world.accept(new Event.Operated(OperatorCommand.PAUSE, "ann", "", null));
        world.run(Duration.ofMinutes(8));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        world.accept(new Event.Operated(OperatorCommand.RESUME, "ann", "", null));
        world.run(Duration.ofSeconds(10));
        assertThat(world.state.phaseIndex())
                .as("it warmed up and baked meanwhile")
                .isEqualTo(2);
        world.runUntilPhase(2);
        world.accept(new Event.Operated(OperatorCommand.PROMOTE, "ann", "", null));
        world.run(Duration.ofSeconds(2));
        assertThat(world.state.phaseIndex()).isEqualTo(3);
    }
}
