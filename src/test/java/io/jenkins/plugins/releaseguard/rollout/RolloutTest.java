// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Duration LONG = Duration.ofHours(2);

    private static final String VALIDATED = FakeRolloutWorld.CONTRACT
            + "  - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers, method: Automated,"
            + " verify: {http: {url: 'https://shop.example/health'}}, owner: team}\n";

    @Test
    void healthyCanaryIsPromotedThroughEveryPhase() {
        FakeRolloutWorld world = new FakeRolloutWorld(1).start().run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(4);
        assertThat(world.events(Event.PhaseStarted.class))
                .extracting(Event.PhaseStarted::weight)
                .containsExactly(0.0, 5.0, 25.0, 100.0);
    }

    @Test
    void everyPhaseBakesAtLeastAsLongAsTheContractSays() {
        FakeRolloutWorld world = new FakeRolloutWorld(2).start().run(LONG);
        assertThat(world.events(Event.PhaseEnded.class)).allMatch(p -> p.seconds() >= 300);
    }

    @Test
    void brokenTriggerBringsTheBaselineBackConfirmed() {
        FakeRolloutWorld world = new FakeRolloutWorld(3).start().runUntilPhase(2);
        world.canaryErrors = 0.3;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.weight).isZero();
        assertThat(world.acts).contains("notify");
        assertThat(world.events(Event.Recovered.class)).hasSize(1);
        Event.RollbackConfirmed confirmed =
                world.events(Event.RollbackConfirmed.class).get(0);
        assertThat(confirmed.withinObjective()).isTrue();
        assertThat(confirmed.totalSeconds()).isLessThan(60);
    }

    @Test
    void slightlyWorseThanTheThresholdBreaksItOnlyWhenItLasts() {
        FakeRolloutWorld world = new FakeRolloutWorld(4).start().runUntilPhase(2);
        Duration bake = Duration.ofSeconds(30);
        world.canaryErrors = 0.025;
        world.run(bake);
        assertThat(world.state.isRollingBack()).isFalse();
    }

    @Test
    void silentSourceHoldsThenRollsBackAtItsLimit() {
        FakeRolloutWorld world = new FakeRolloutWorld(5).start().runUntilPhase(1);
        world.sourceUp = false;
        world.run(Duration.ofSeconds(50));
        assertThat(world.events(Event.Held.class)).extracting(Event.Held::cause).contains(HoldCause.NO_DATA);
        assertThat(world.state.isRollingBack()).isFalse();
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.NO_DATA);
    }

    @Test
    void sourceThatComesBackInTimeReleasesTheHold() {
        FakeRolloutWorld world = new FakeRolloutWorld(6).start().runUntilPhase(1);
        world.sourceUp = false;
        world.run(Duration.ofSeconds(40));
        world.sourceUp = true;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.state.calls().isOpen(Occasion.NO_DATA))
                .as("nobody is called about what is over")
                .isFalse();
    }

    @Test
    void routerThatSaysYesAndDoesNothingIsNotBelieved() {
        FakeRolloutWorld world = new FakeRolloutWorld(7).start();
        world.run(Duration.ofMinutes(1));
        world.routerObeys = false;
        world.run(LONG);
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.ROUTER);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(1);
    }

    @Test
    void rollbackThatTheRouterIgnoresIsNeverCalledConfirmed() {
        FakeRolloutWorld world = new FakeRolloutWorld(8).start().runUntilPhase(2);
        world.routerObeys = false;
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.state.isUnconfirmed()).isTrue();
        assertThat(world.events(Event.RollbackUnconfirmed.class)).hasSize(1);
        assertThat(world.events(Event.RollbackConfirmed.class)).isEmpty();
    }

    /** C2: a decision that came later than twice the objective ended the release before anything had been tried. */
    @Test
    void aBreachThatIsHeardOfLateIsStillBroughtBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(17).start().runUntilPhase(2);
        world.accept(new Event.Breached(
                BreachCause.TRIGGER,
                "DEP-003",
                "MON-001",
                "50 %",
                "> 2%",
                "too many errors",
                world.now.minusSeconds(300)));
        world.run(LONG);
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.acts).contains("notify");
    }

    /** C2's other half: the machine was suspended between the decision and the first try. */
    @Test
    void aRollbackThatWasDecidedLongAgoIsStillTried() {
        FakeRolloutWorld world = new FakeRolloutWorld(18).start().runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.accept(new Event.RollbackStarted("looks bad", 0, 0, false));
        world.now = world.now.plusSeconds(300);
        world.run(LONG);
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.RollbackUnconfirmed.class)).hasSize(1);
    }

    @Test
    void peopleHearOfARollbackThatTheRouterRefuses() {
        FakeRolloutWorld world = new FakeRolloutWorld(16).start().runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.routerUp = false;
        world.run(LONG);
        assertThat(world.acts).contains("notify");
        assertThat(world.state.isUnconfirmed()).isTrue();
    }

    @Test
    void baselineThatDoesNotServeKeepsTheRollbackUnconfirmed() {
        FakeRolloutWorld world = new FakeRolloutWorld(9).start().runUntilPhase(2);
        world.baselineServes = false;
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.events(Event.RollbackConfirmed.class)).isEmpty();
        assertThat(world.events(Event.RollbackUnconfirmed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).contains("last good version"));
    }

    @Test
    void weightChangedByOthersIsSetAgain() {
        FakeRolloutWorld world = new FakeRolloutWorld(10).start().runUntilPhase(2);
        world.weight = 0;
        world.run(Duration.ofSeconds(30));
        assertThat(world.weight).isEqualTo(25);
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void breachDuringTheLastBakeStillRollsBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(11).start();
        world.runUntil(Lifecycle.WATCHING);
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void aClockThatIsSetBackInTheLastBakeIsWaitedFor() {
        FakeRolloutWorld world = new FakeRolloutWorld(12, VALIDATED, PlanOptions.ALONE).start();
        world.checkStatus = EvidenceStatus.UNKNOWN;
        world.runUntil(Lifecycle.WATCHING);
        world.now = world.now.minus(Duration.ofHours(1));
        Reaction reaction = Rollout.react(world.plan, world.state, world.now, world.now);
        reaction.events().forEach(world::accept);
        assertThat(Rollout.react(world.plan, world.state, world.now, world.now).events())
                .as("intended once")
                .isEmpty();
        world.checkStatus = EvidenceStatus.PASS;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void pausedPhaseDoesNotEnd() {
        FakeRolloutWorld world = new FakeRolloutWorld(12).start().runUntilPhase(1);
        world.accept(new Event.Operated(OperatorCommand.PAUSE, "ann", null));
        world.run(Duration.ofMinutes(30));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        assertThat(world.calls).as("who paused it knows").isEmpty();
        world.accept(new Event.Operated(OperatorCommand.RESUME, "ann", null));
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void observedReleaseNotesWhatItWouldHaveDone() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        13, FakeRolloutWorld.CONTRACT, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, true))
                .start();
        world.run(Duration.ofMinutes(8));
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.events(Event.RollbackStarted.class)).isNotEmpty().allMatch(Event.RollbackStarted::observed);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void observedReleaseComesToAnEndWhateverWouldHaveTurnedItBack() {
        PlanOptions observing = new PlanOptions(Plan.Movement.BODY, true, false, true, 1, true);
        FakeRolloutWorld failing = new FakeRolloutWorld(20, FakeRolloutWorld.CONTRACT, observing);
        failing.bodyError = "the login page is blank";
        failing.start().run(LONG);
        assertThat(failing.outcome().verdict()).isEqualTo(ReleaseOutcome.HALTED);
        assertThat(failing.outcome().reason()).contains("the login page is blank");
        assertThat(failing.events(Event.Breached.class)).hasSize(1);

        FakeRolloutWorld undecided = new FakeRolloutWorld(
                21, FakeRolloutWorld.CONTRACT.replace("undecided: proceed", "undecided: rollback"), observing);
        undecided.requestsPerSecond = 0.2;
        undecided.start().run(LONG);
        assertThat(undecided.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(undecided.events(Event.PhaseEnded.class)).anyMatch(p -> p.verdict() == PhaseVerdict.UNPROVEN);
        assertThat(undecided.events(Event.RollbackStarted.class))
                .isNotEmpty()
                .allMatch(Event.RollbackStarted::observed);
        assertThat(undecided.acts).doesNotContain("notify");
    }

    @Test
    void bodyThatMovesTrafficIsCalledBackToZero() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        14, FakeRolloutWorld.CONTRACT, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false))
                .start();
        world.runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.acts).contains("body 25.0", "body 0.0");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void withoutRouterAndPhasesTheProcedureIsTheWayBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                18, FakeRolloutWorld.CONTRACT, new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false));
        world.accept(new Event.Breached(BreachCause.PHASE, "DEP-003", null, null, null, "the build failed", null));
        world.run(LONG);
        List<Event> events = world.journal.stream().map(Stamped::event).toList();
        Event acted = world.events(Event.RollbackActed.class).get(0);
        assertThat(world.acts).contains("notify");
        assertThat(events.subList(0, events.indexOf(acted)))
                .anyMatch(e -> e instanceof Event.Done done && done.key().equals("action-0"));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    @Test
    void whereNothingCountsRequestsTheRollbackIsUnconfirmedAndSaysWhy() {
        String blind = FakeRolloutWorld.CONTRACT
                .replaceFirst("(?s)metrics:.*?rollout:", "rollout:")
                .replaceFirst("metric: MON-001\n\\s+threshold: .*?\n", "person: on-call\n");
        FakeRolloutWorld world =
                new FakeRolloutWorld(19, blind, new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false));
        world.accept(new Event.Breached(BreachCause.PHASE, "DEP-003", null, null, null, "the build failed", null));
        world.run(LONG);
        assertThat(world.events(Event.RollbackConfirmed.class)).isEmpty();
        assertThat(world.events(Event.RollbackUnconfirmed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason())
                        .contains("without a router only a metric with request counts could show"));
    }

    @Test
    void aFlagThatTakesUsersOffIsTurnedBeforeAnyBody() {
        String contract = FakeRolloutWorld.CONTRACT
                .replace("  router: r\n", "")
                .replace("[{traffic: 0}, {notify: oncall}]", "[{flag: {id: new, provider: p}}, {notify: oncall}]");
        FakeRolloutWorld world = new FakeRolloutWorld(
                        17, contract, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false))
                .start();
        world.bodyHangs = true;
        world.runUntilPhase(0);
        world.canaryErrors = 0.5;
        world.accept(new Event.Breached(BreachCause.OPERATOR, null, null, null, null, "looks bad", null));
        world.run(Duration.ofSeconds(5));
        // the rest of the procedure waits for the traffic
        assertThat(world.acts).containsExactly("body 0.0", "flag");
    }

    @Test
    void actionsThatFailedStandInTheOutcome() {
        FakeRolloutWorld world = new FakeRolloutWorld(18).start().runUntilPhase(2);
        world.actionError = "could not tell oncall";
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.outcome().reason()).contains("NOT DONE", "could not tell oncall");
    }

    @Test
    void anotherRouterIsAnActionOfItsOwn() {
        String contract = FakeRolloutWorld.CONTRACT.replace("{notify: oncall}", "{traffic: {weight: 0, router: edge}}");
        FakeRolloutWorld world =
                new FakeRolloutWorld(19, contract, PlanOptions.ALONE).start().runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.acts).containsExactly("traffic");
    }

    @Test
    void stateIsTheFoldedJournal() {
        FakeRolloutWorld world = new FakeRolloutWorld(15).start().runUntilPhase(2);
        world.canaryErrors = 0.4;
        world.run(LONG);
        assertThat(Fold.all(world.plan, world.journal)).isEqualTo(world.state);
    }

    @Test
    void resumedAtAnyMomentNoPhaseIsSkippedAndTheWeightIsConfirmedAnew() {
        List<Integer> stops = List.of(1, 7, 40, 299, 310, 333, 640, 1000, 1300);
        for (int stop : stops) {
            FakeRolloutWorld world = new FakeRolloutWorld(100 + stop).start();
            world.run(Duration.ofSeconds(stop));
            world.now = world.now.plusSeconds(120);
            world.weight = 0;
            world.accept(new Event.Resumed(120, "restart"));
            world.run(LONG);
            assertThat(world.outcome().verdict()).as("stopped after %d s", stop).isEqualTo(ReleaseOutcome.PROMOTED);
            assertThat(world.events(Event.PhaseEnded.class))
                    .extracting(Event.PhaseEnded::phase)
                    .containsExactly(0, 1, 2, 3);
        }
    }
}
