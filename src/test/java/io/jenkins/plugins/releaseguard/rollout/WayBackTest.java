// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A way back is tried until it is confirmed, or until a person closes it. */
class WayBackTest {
    private static final Duration LONG = Duration.ofHours(6);
    private static final Duration OBJECTIVE = Duration.ofSeconds(60);
    private static final PlanOptions BODY = new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false);

    private static FakeRolloutWorld breached() {
        FakeRolloutWorld world = new FakeRolloutWorld(30).start().runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        return world;
    }

    private static void close(FakeRolloutWorld world, String reason) {
        world.accept(new Event.Operated(OperatorCommand.CLOSE, "ann", reason));
    }

    // H7
    @Test
    void aRouterThatComesBackAfterHoursBringsTheTrafficBack() {
        FakeRolloutWorld world = breached();
        world.routerUp = false;
        world.run(LONG);
        assertThat(world.state.life()).isEqualTo(Lifecycle.ROLLING_BACK);
        assertThat(world.events(Event.RollbackUnconfirmed.class)).hasSize(1);
        world.routerUp = true;
        world.run(Duration.ofSeconds(5));
        assertThat(world.weight).as("noticed by asking between tries").isZero();
        world.run(LONG);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.events(Event.RollbackConfirmed.class))
                .singleElement()
                .satisfies(confirmed -> assertThat(confirmed.withinObjective()).isFalse());
    }

    // H7: slower and slower, but never slower than twice a minute, and the record of hours stays small
    @Test
    void triesAreBounded() {
        FakeRolloutWorld world = breached();
        world.routerUp = false;
        world.run(OBJECTIVE);
        int soon = tries(world);
        world.run(LONG);
        int late = tries(world) - soon;
        assertThat(soon).isBetween(5, 30);
        assertThat(late).isBetween((int) LONG.toMinutes(), (int) LONG.toMinutes() * 2 + 10);
        assertThat(world.state.effects().intended().stream().filter(key -> key.kind() == EffectKey.Kind.BACK))
                .as("only the last try is remembered")
                .hasSize(1);
    }

    private static int tries(FakeRolloutWorld world) {
        return (int) world.events(Event.Intended.class).stream()
                .filter(intent -> EffectKey.parse(intent.key()).kind() == EffectKey.Kind.BACK)
                .count();
    }

    // H7: a router that answers and does nothing is no reason for a thousand tries an hour
    @Test
    void aRouterThatIgnoresTheShiftIsTriedEverSlowerToo() {
        FakeRolloutWorld world = breached();
        world.routerObeys = false;
        world.run(LONG);
        assertThat(tries(world)).isLessThan((int) LONG.toMinutes() * 2 + 30);
        world.routerObeys = true;
        world.run(Duration.ofMinutes(1));
        assertThat(world.weight).isZero();
    }

    // H7: somebody has done it by hand while no try gets through
    @Test
    void trafficThatAPersonBroughtBackIsConfirmed() {
        FakeRolloutWorld world = breached();
        world.shiftsFail = true;
        world.run(Duration.ofMinutes(10));
        assertThat(world.state.isUnconfirmed()).isTrue();
        world.weight = 0;
        world.run(Duration.ofMinutes(1));
        assertThat(world.outcome().confirmed()).isTrue();
    }

    // H7
    @Test
    void aPersonClosesWhatCannotBeConfirmedAndSaysWhy() {
        FakeRolloutWorld world = breached();
        world.routerUp = false;
        world.run(LONG);
        close(world, " ");
        world.second();
        assertThat(world.outcome()).as("never without a reason").isNull();
        close(world, "the cluster is being torn down");
        world.second();
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isFalse();
        assertThat(world.outcome().reason())
                .contains("looks bad", "closed by ann", "the cluster is being torn down", "connection refused");
        assertThat(Fold.all(world.plan, world.journal)).isEqualTo(world.state);
    }

    // H7: only what doesn't end by itself is closed
    @Test
    void aReleaseThatGoesForwardIsNotClosed() {
        FakeRolloutWorld world = new FakeRolloutWorld(31).start().runUntilPhase(1);
        close(world, "enough");
        world.run(Duration.ofMinutes(1));
        assertThat(world.outcome()).isNull();
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    // H7: a record that an older version ended unconfirmed reads as before
    @Test
    void anOldUnconfirmedEndStaysAnEnd() {
        FakeRolloutWorld world = breached();
        world.routerUp = false;
        world.run(Duration.ofMinutes(2));
        world.accept(new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, "rollback not confirmed within 60 s"));
        State folded = Fold.all(world.plan, world.journal);
        assertThat(folded.life()).isEqualTo(Lifecycle.ENDED);
        assertThat(folded.isUnconfirmed()).isFalse();
        assertThat(Rollout.react(world.plan, folded, world.now, world.now).effects())
                .isEmpty();
    }

    // C2: whatever lies between the sample, the decision and the first try
    @ParameterizedTest
    @ValueSource(ints = {0, 59, 61, 121, 300, 86_400})
    void oneTryAtLeastHoweverLateItIs(int seconds) {
        FakeRolloutWorld late = new FakeRolloutWorld(32).start().runUntilPhase(2);
        late.accept(new Event.Breached(
                BreachCause.TRIGGER, "DEP-003", "MON-001", "50 %", "> 2%", "late", late.now.minusSeconds(seconds)));
        back(late);
        FakeRolloutWorld suspended = breached();
        suspended.accept(new Event.RollbackStarted("looks bad", 0, 0, false));
        suspended.now = suspended.now.plusSeconds(seconds);
        back(suspended);
        FakeRolloutWorld setBack = breached();
        setBack.routerUp = false;
        setBack.run(Duration.ofMinutes(3));
        setBack.routerUp = true;
        setBack.now = setBack.now.minusSeconds(seconds);
        back(setBack);
    }

    private static void back(FakeRolloutWorld world) {
        world.run(Duration.ofMinutes(1));
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
        world.run(LONG);
        assertThat(world.outcome().confirmed()).isTrue();
    }

    // H2: a weight that is raised again after the confirmation
    @Test
    void whatIsLostAfterTheConfirmationIsBroughtBackAgain() {
        FakeRolloutWorld world = new FakeRolloutWorld(33).start().runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.runUntil(Lifecycle.RECOVERING);
        world.weight = 25;
        world.run(Duration.ofSeconds(15));
        assertThat(world.weight).isZero();
        world.run(LONG);
        assertThat(world.events(Event.RollbackStarted.class)).hasSize(2);
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(2);
        assertThat(world.events(Event.Noted.class))
                .filteredOn(note -> note.kind() == NoteKind.ISSUE)
                .extracting(Event.Noted::text)
                .containsExactly(
                        "The rollback was confirmed, but the router reads 25 % instead of 0 %: it is done again.");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    // H2: an end says how things are
    @Test
    void anEndWaitsForAReadingOfNow() {
        FakeRolloutWorld world = new FakeRolloutWorld(34).start().runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.runUntil(Lifecycle.RECOVERING);
        world.routerUp = false;
        world.run(LONG);
        assertThat(world.outcome()).isNull();
        assertThat(world.events(Event.RollbackUnconfirmed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).contains("since the rollback was confirmed"));
        world.routerUp = true;
        world.run(Duration.ofMinutes(1));
        assertThat(world.outcome().confirmed()).isTrue();
    }

    // H7: a way back that only the body knows
    @Test
    void aBodyIsCalledUntilTheCanaryIsSeenToGetNothing() {
        FakeRolloutWorld world = new FakeRolloutWorld(35, FakeRolloutWorld.CONTRACT, BODY).start();
        world.runUntilPhase(2);
        world.routerObeys = false;
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.run(Duration.ofMinutes(10));
        assertThat(world.state.isUnconfirmed()).isTrue();
        assertThat(world.acts.stream().filter("body 0.0"::equals)).hasSizeGreaterThan(3);
        world.routerObeys = true;
        world.run(Duration.ofMinutes(2));
        assertThat(world.weight).isZero();
        assertThat(world.outcome().confirmed()).isTrue();
    }

    // C5: the body that moved the traffic ended with the last phase; the procedure doesn't wait for it
    @Test
    void inTheLastBakeTheProcedureIsTheWayBackOfABodysTraffic() {
        PlanOptions enclosed = new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false);
        FakeRolloutWorld world = new FakeRolloutWorld(36, FakeRolloutWorld.CONTRACT, enclosed).start();
        world.runUntil(Lifecycle.WATCHING);
        world.accept(new Event.BodyEnded(-1, 0, null));
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.acts.clear();
        world.run(Duration.ofSeconds(5));
        assertThat(world.acts).containsExactly("notify");
        world.run(OBJECTIVE);
        assertThat(world.events(Event.RollbackUnconfirmed.class)).hasSize(1);
        world.weight = 0;
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
    }

    // C5: said before it begins
    @Test
    void aWayBackThatWillNotWorkIsSaidAtArming() {
        PlanOptions enclosed = new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false);
        Plan silent = new FakeRolloutWorld(37, FakeRolloutWorld.CONTRACT, enclosed).plan;
        assertThat(Rollout.warnings(silent))
                .singleElement()
                .satisfies(note -> assertThat(note.text()).contains("in the last bake"));
        String procedure = FakeRolloutWorld.CONTRACT.replace("{notify: oncall}", "{job: redeploy}");
        assertThat(Rollout.warnings(new FakeRolloutWorld(37, procedure, enclosed).plan))
                .isEmpty();
        // each breach is answered by its own entry's procedure, not by the first one's
        String second = FakeRolloutWorld.CONTRACT.substring(FakeRolloutWorld.CONTRACT.indexOf("  - id: DEP-003"));
        assertThat(Rollout.warnings(
                        new FakeRolloutWorld(37, procedure + second.replace("DEP-003", "DEP-004"), enclosed).plan))
                .hasSize(1);
        assertThat(Rollout.warnings(new FakeRolloutWorld(37, FakeRolloutWorld.CONTRACT, BODY).plan))
                .isEmpty();
        assertThat(Rollout.warnings(new FakeRolloutWorld(37).plan)).isEmpty();
    }

    // C5: a body that hangs holds up none of the other actions for longer than the traffic's part of the objective
    @Test
    void aBodyThatHangsDoesNotKeepTheProcedureWaiting() {
        FakeRolloutWorld world = new FakeRolloutWorld(38, FakeRolloutWorld.CONTRACT, BODY).start();
        world.bodyHangs = true;
        world.runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.run(Duration.ofSeconds(20));
        assertThat(world.acts).contains("notify");
    }

    // H7: a person takes a release over; the tries go on
    @Test
    void takingOverEndsNothing() {
        FakeRolloutWorld world = breached();
        world.routerUp = false;
        world.run(Duration.ofMinutes(10));
        int tries = tries(world);
        world.accept(new Event.Operated(OperatorCommand.TAKE, "ann", "I look into it"));
        world.run(Duration.ofMinutes(10));
        assertThat(tries(world)).isGreaterThan(tries);
        world.routerUp = true;
        world.run(LONG);
        assertThat(world.outcome().confirmed()).isTrue();
    }

    /** C5: found by a simulation; the traffic came back a minute later, when the canary had been seen to answer for so long. */
    @Test
    void aPhasesBodyThatWasStillMovingTrafficIsFollowedByTheOneThatGoesBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(31, FakeRolloutWorld.CONTRACT, BODY)
                .start()
                .runUntilPhase(1);
        world.bodyLingers = true;
        world.runUntil(() -> world.state.phaseIndex() >= 2);
        world.run(Duration.ofSeconds(2));
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.run(Duration.ofSeconds(3));
        assertThat(world.weight).isZero();
        world.weight = 25;
        world.accept(new Event.BodyEnded(2, 0, null));
        world.run(Duration.ofSeconds(5));
        assertThat(world.weight).isZero();
    }

    /** C5: found by a simulation; each try that failed had the canary's silence counted anew, and the release never ended. */
    @Test
    void whatSomethingElseBroughtBackIsConfirmedWhileTheBodyFails() {
        FakeRolloutWorld world = new FakeRolloutWorld(32, FakeRolloutWorld.CONTRACT, BODY)
                .start()
                .runUntilPhase(2);
        world.bodyError = "the Pipeline is gone";
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        for (int i = 0; i < 120 && world.outcome() == null; i++) {
            world.second();
            // by hand
            world.weight = 0;
            EffectKey last = world.state.rollback().shiftKey();
            world.accept(new Event.Done(last.toString(), "the Pipeline is gone", 0));
        }
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
    }
}
