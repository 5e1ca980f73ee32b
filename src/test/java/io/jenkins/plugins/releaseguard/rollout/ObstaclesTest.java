// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What stands in the way, forward or back, and how it is said. */
class ObstaclesTest {
    private static final PlanOptions BODY = new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false);
    private static final Duration OBJECTIVE = Duration.ofSeconds(60);

    private static FakeRolloutWorld back(FakeRolloutWorld world) {
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        return world;
    }

    private static Event.RollbackUnconfirmed unconfirmed(FakeRolloutWorld world) {
        world.run(OBJECTIVE.minusSeconds(2));
        assertThat(world.events(Event.RollbackUnconfirmed.class))
                .as("it has time")
                .isEmpty();
        world.run(Duration.ofSeconds(6));
        Event.RollbackUnconfirmed said =
                world.events(Event.RollbackUnconfirmed.class).get(0);
        assertThat(said.totalSeconds()).isBetween(60.0, 64.0);
        return said;
    }

    @Test
    void aRouterThatIgnoresTheShiftSaysWhatItReads() {
        FakeRolloutWorld world = new FakeRolloutWorld(90).start().runUntilPhase(2);
        world.routerObeys = false;
        assertThat(unconfirmed(back(world)).reason())
                .isEqualTo("rollback not confirmed within 60 s: the router reads 25 % instead of 0 %");
    }

    @Test
    void aBodyThatDoesNotEndLeavesTheCanaryItsRequests() {
        FakeRolloutWorld world = new FakeRolloutWorld(91, FakeRolloutWorld.CONTRACT, BODY)
                .start()
                .runUntilPhase(1);
        world.bodyHangs = true;
        assertThat(unconfirmed(back(world)).reason())
                .isEqualTo("rollback not confirmed within 60 s: the canary still answers requests");
    }

    @Test
    void whatIsConfirmedInTimeSaysHowLongItTook() {
        FakeRolloutWorld world = back(new FakeRolloutWorld(92).start().runUntilPhase(2));
        world.run(Duration.ofHours(1));
        assertThat(world.events(Event.RollbackUnconfirmed.class)).isEmpty();
        assertThat(world.events(Event.RollbackConfirmed.class)).singleElement().satisfies(confirmed -> {
            assertThat(confirmed.withinObjective()).isTrue();
            assertThat(confirmed.totalSeconds()).isBetween(1.0, 60.0);
        });
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void aWeightThatOthersChangeAgainAndAgainLeadsBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(94).start().runUntilPhase(2);
        for (int i = 0; i < 20 && !world.state.isRollingBack(); i++) {
            world.weight = 3;
            world.run(Duration.ofSeconds(15));
        }
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.ROUTER);
            assertThat(breach.reason())
                    .isEqualTo("the router does not hold 25 %: the weight keeps being changed by others");
        });
        assertThat(world.events(Event.Held.class)).isNotEmpty();
    }

    @Test
    void aRouterThatTakesNoOrderLeadsBackAndSaysWhy() {
        FakeRolloutWorld world = new FakeRolloutWorld(95).start().runUntilPhase(1);
        world.shiftsFail = true;
        world.runUntil(() -> world.state.isRollingBack());
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.ROUTER);
            assertThat(breach.reason())
                    .startsWith("the router does not hold 25 %: ")
                    .doesNotContain("changed by others");
        });
    }

    /** Its trigger takes ten minutes: what is worse than the baseline is the judge's to tell. */
    @Test
    void theJudgesStopLeadsBackAndNamesTheMetric() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        96,
                        FakeRolloutWorld.CONTRACT.replace("requests for 1 minute", "requests for 10 minutes"),
                        PlanOptions.ALONE)
                .start()
                .runUntilPhase(2);
        world.canaryErrors = 0.2;
        world.runUntil(() -> world.state.isRollingBack());
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.JUDGE);
            assertThat(breach.metric()).isEqualTo("MON-001");
            assertThat(breach.limit()).startsWith("baseline ").endsWith(" %");
            assertThat(breach.value()).isNotBlank();
        });
        assertThat(world.events(Event.Judged.class))
                .last()
                .satisfies(judged ->
                        assertThat(judged.action()).isEqualTo(io.jenkins.plugins.releaseguard.journal.LookAction.STOP));
    }

    @Test
    void anEnclosingBuildThatFailsLeadsBackAndSaysWhy() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        97,
                        FakeRolloutWorld.CONTRACT,
                        new PlanOptions(Plan.Movement.ROUTER, true, true, true, 1, false))
                .start()
                .runUntilPhase(1);
        world.accept(new Event.BodyEnded(-1, 0, "no disk"));
        world.run(Duration.ofSeconds(2));
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.PHASE);
            assertThat(breach.reason()).isEqualTo("the build failed: no disk");
        });
    }
}
