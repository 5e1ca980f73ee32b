// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.trigger.Captured;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** H4: a trigger whose reference is unknown is a silent source, and a baseline without errors is a reference. */
class BaselinesTest {
    private static final Duration LONG = Duration.ofHours(3);
    private static final String TIMES = FakeRolloutWorld.CONTRACT
            .replace("critical: true}", "critical: true, allow: 1000000%}")
            .replace(">2% of requests for 1 minute", "> 1.5x baseline");
    private static final String ABOVE = TIMES.replace("> 1.5x baseline", "> baseline + 1%");
    private static final Event.Armed NOTHING = new Event.Armed(Map.of(), false, Map.of(), null);
    private static final Event.Armed NO_ERRORS =
            new Event.Armed(Map.of("MON-001", 0.0), false, Map.of("MON-001", 6000.0), null);

    private static FakeRolloutWorld world(String contract, Event.Armed armed) {
        FakeRolloutWorld world = new FakeRolloutWorld(41, contract, PlanOptions.ALONE, armed);
        world.baselineErrors = 0;
        world.canaryErrors = 0;
        return world.start();
    }

    /** Errors of the next look, on the new version's side. */
    private static void failing(FakeRolloutWorld world, double errors) {
        boolean[] told = {false};
        world.tells = s -> {
            double now = told[0] ? 0 : Math.min(errors, s.canaryTotal());
            told[0] = true;
            return Event.Sample.rate(s.metric(), now, s.canaryTotal(), s.baselineErrors(), s.baselineTotal());
        };
        world.run(Duration.ofSeconds(10));
    }

    @Test
    void multiplesOfAnErrorFreeCaptureBreakWhenAllFails() {
        FakeRolloutWorld world = world(TIMES, NO_ERRORS).runUntilPhase(3);
        world.canaryErrors = 1;
        world.run(Duration.ofSeconds(15));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.TRIGGER);
    }

    @Test
    void oneErrorDoesNotBreakThem() {
        FakeRolloutWorld world = world(TIMES, NO_ERRORS).runUntilPhase(1);
        failing(world, 1);
        assertThat(world.events(Event.Breached.class)).isEmpty();
        failing(world, 5);
        assertThat(world.events(Event.Breached.class)).hasSize(1);
    }

    @Test
    void anUnknownBaselineMovesNoTraffic() {
        FakeRolloutWorld world = world(ABOVE, NOTHING);
        world.run(Duration.ofSeconds(40));
        assertThat(world.weight).isZero();
        assertThat(world.state.holds()).containsKey(HoldCause.NO_DATA);
        assertThat(world.state.holds().get(HoldCause.NO_DATA))
                .contains("the baseline of MON-001 is unknown", "nothing was captured", "DEP-003");
        world.run(LONG);
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.NO_DATA);
            assertThat(breach.reason()).contains("the baseline of MON-001 is unknown");
        });
        assertThat(world.events(Event.BakeStarted.class)).hasSize(1);
    }

    @Test
    void aFirstPhaseWithTrafficWaitsForTheBaseline() {
        FakeRolloutWorld world = world(ABOVE.replace("[internal, 5, 25, 100]", "[5, 25, 100]"), NOTHING);
        world.run(Duration.ofSeconds(20));
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.Intended.class)).isEmpty();
        world.capture = NO_ERRORS;
        world.run(Duration.ofSeconds(20));
        assertThat(world.weight).isEqualTo(5);
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void withoutOneItIsHeldAndEndsWithoutHavingMoved() {
        FakeRolloutWorld world = world(ABOVE.replace("[internal, 5, 25, 100]", "[5, 25, 100]"), NOTHING);
        world.run(Duration.ofSeconds(40));
        assertThat(world.state.holds()).containsKey(HoldCause.NO_DATA);
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.events(Event.BakeStarted.class)).isEmpty();
    }

    @Test
    void aCaptureThatSucceedsLaterIsTheReference() {
        FakeRolloutWorld world = world(ABOVE, NOTHING);
        world.run(Duration.ofSeconds(40));
        world.capture = NO_ERRORS;
        world.runUntilPhase(3);
        world.canaryErrors = 1;
        world.run(Duration.ofSeconds(15));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.TRIGGER);
    }

    @Test
    void withAllTrafficAnUnknownReferenceIsSilence() {
        // as records of older versions have it: a level of 0 without its requests
        FakeRolloutWorld world = world(TIMES, new Event.Armed(Map.of("MON-001", 0.0)));
        world.capture = NO_ERRORS;
        world.run(Duration.ofSeconds(10));
        assertThat(world.state.watching().captured().totals()).containsEntry("MON-001", 6000.0);
        FakeRolloutWorld blind = world(TIMES, NO_ERRORS).runUntilPhase(3);
        blind.state = blind.state.with(new Observation(
                blind.state.watching().looks(),
                Captured.NOTHING,
                Map.of(),
                Observation.Judging.NONE,
                java.util.Set.of()));
        blind.canaryErrors = 1;
        blind.run(Duration.ofMinutes(2));
        assertThat(blind.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.NO_DATA);
            assertThat(breach.reason()).contains("the baseline of MON-001 is unknown");
        });
    }

    @Test
    void theBaselineBesideTheCanaryIsTheReferenceWhereThereIsOne() {
        FakeRolloutWorld world = world(ABOVE, NO_ERRORS).runUntilPhase(1);
        world.baselineErrors = 0.5;
        world.canaryErrors = 0.1;
        world.run(Duration.ofSeconds(60));
        assertThat(world.events(Event.Breached.class)).noneMatch(b -> b.cause() == BreachCause.TRIGGER);
    }

    private static boolean still(FakeRolloutWorld world) {
        return BaselineRules.isStillBefore(world.plan, world.state);
    }

    /** Until the first shift to the canary is meant, whatever is measured is from before it. */
    @Test
    void aReferenceMayBeTakenUntilTheFirstTrafficMoves() {
        FakeRolloutWorld world = new FakeRolloutWorld(57);
        assertThat(still(world)).as("armed").isTrue();
        world.start();
        assertThat(still(world)).as("a phase without traffic").isTrue();
        world.runUntilPhase(0);
        assertThat(still(world)).isTrue();
        world.accept(new Event.PhaseEnded(0, PhaseVerdict.PASS, 1, "for a test"));
        world.accept(new Event.PhaseStarted(1, "5 %", 5, null));
        assertThat(still(world)).as("nothing is meant yet").isTrue();
        world.runUntil(() -> world.weight > 0);
        assertThat(still(world)).isFalse();
        world.runUntilPhase(1);
        assertThat(still(world)).as("a phase with traffic").isFalse();
        world.accept(new Event.PhaseEnded(1, PhaseVerdict.PASS, 1, "for a test"));
        world.accept(new Event.PhaseStarted(2, "25 %", 25, null));
        assertThat(still(world)).as("the phase before had traffic").isFalse();
        world.runUntil(Lifecycle.WATCHING);
        assertThat(still(world)).isFalse();
    }

    /** An enclosing body deploys when it likes, and says nothing of it. */
    @Test
    void whereAnEnclosingBodyDeploysNothingIsKnownToBeBefore() {
        assertThat(still(new FakeRolloutWorld(
                        58,
                        FakeRolloutWorld.CONTRACT,
                        new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false))))
                .isFalse();
    }
}
