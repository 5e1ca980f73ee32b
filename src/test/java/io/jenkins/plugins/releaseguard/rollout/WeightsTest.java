// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a weight, a reading of it, and the way to it are worth. */
class WeightsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void nothingIsExactlyNothingAndAllIsAll() {
        assertThat(Weights.same(0, 0)).isTrue();
        assertThat(Weights.same(0.1, 0)).isFalse();
        assertThat(Weights.same(100, 100)).isTrue();
        assertThat(Weights.same(99.9, 100)).isFalse();
    }

    @Test
    void betweenThemRoundingIsBorne() {
        assertThat(Weights.same(25.5, 25)).isTrue();
        assertThat(Weights.same(24.5, 25)).isTrue();
        assertThat(Weights.same(25.51, 25)).isFalse();
        assertThat(Weights.same(1.25, 1)).as("a quarter of a small one").isTrue();
        assertThat(Weights.same(1.26, 1)).isFalse();
        assertThat(Weights.same(0, 1)).isFalse();
        assertThat(Weights.same(Double.NaN, 25)).isFalse();
    }

    @Test
    void weightsAreReadWithTwoDigitsAtMost() {
        assertThat(Weights.text(25)).isEqualTo("25 %");
        assertThat(Weights.text(12.5)).isEqualTo("12.5 %");
        assertThat(Weights.text(33.3333)).isEqualTo("33.33 %");
    }

    private static RouterView read(double weight, long asked, long came) {
        return view(RouterView.NONE, weight, asked, came);
    }

    private static RouterView view(RouterView before, double weight, long asked, long came) {
        Instant at = T.plusSeconds(came);
        return before.read(
                new RouterReading(weight, 0, 0, 0, true), null, T.plusSeconds(asked), new Stamped(1, at, at, null));
    }

    @Test
    void aReadingConfirmsOnlyWhatItWasAskedForAfterwards() {
        assertThat(read(25, 10, 12).confirms(25)).isTrue();
        assertThat(read(25, 10, 12).confirms(5)).isFalse();
        assertThat(RouterView.NONE.confirms(0)).isFalse();
        RouterView shifted = RouterView.NONE.outdated(T.plusSeconds(11));
        assertThat(view(shifted, 25, 10, 12).confirms(25)).as("asked before").isFalse();
        assertThat(view(shifted, 25, 11, 12).confirms(25)).as("asked at once").isTrue();
        assertThat(read(25, 10, 12).outdated(T.plusSeconds(13)).confirms(25)).isFalse();
    }

    @Test
    void anErrorConfirmsNothingAndTakesNoWordBack() {
        Stamped later = new Stamped(2, T.plusSeconds(20), T.plusSeconds(20), null);
        RouterView failed = read(25, 10, 12).read(null, "refused", T.plusSeconds(19), later);
        assertThat(failed.confirms(25)).isFalse();
        assertThat(failed.error()).isEqualTo("refused");
        assertThat(failed.weight()).isEqualTo("25 %");
        assertThat(failed.answered()).isEqualTo(T.plusSeconds(12));
        assertThat(failed.wall()).isEqualTo(T.plusSeconds(20));
        assertThat(RouterView.NONE.weight()).isNull();
    }

    @Test
    void aQuestionOfTheFutureWasPutWhenItsAnswerCame() {
        assertThat(read(25, 99, 12).asked()).isEqualTo(T.plusSeconds(12));
        Instant at = T.plusSeconds(12);
        assertThat(RouterView.NONE
                        .read(null, "refused", null, new Stamped(1, at, at, null))
                        .asked())
                .isEqualTo(at);
    }

    @Test
    void howOldAReadingIs() {
        RouterView view = read(25, 10, 12);
        assertThat(view.isAskedSince(T.plusSeconds(10))).isTrue();
        assertThat(view.isAskedSince(T.plusSeconds(11))).isFalse();
        assertThat(RouterView.NONE.isAskedSince(T)).isFalse();
        assertThat(view.isNewerThan(T.plusSeconds(12))).isTrue();
        assertThat(view.isNewerThan(T.plusSeconds(13))).isFalse();
        assertThat(view.isNewerThan(null)).isTrue();
        assertThat(RouterView.NONE.isNewerThan(null)).isFalse();
    }

    @Test
    void aClockSetBackKeepsNobodyFromAskingAgain() {
        RouterView view = read(25, 10, 12);
        Duration between = Duration.ofSeconds(5);
        assertThat(RouterView.NONE.due(T, between)).isTrue();
        assertThat(view.due(T.plusSeconds(16), between)).isFalse();
        assertThat(view.due(T.plusSeconds(17), between)).isTrue();
        assertThat(view.due(T.plusSeconds(7), between)).isTrue();
    }

    @Test
    void aShiftThatFailedOrDidNotTakeIsTriedUnderAnotherKey() {
        PhaseState phase = PhaseState.begin(2, T);
        assertThat(phase.shiftKey()).isEqualTo(EffectKey.shift(2, 0, 0));
        assertThat(phase.withShifted("refused").shiftKey()).isEqualTo(EffectKey.shift(2, 0, 1));
        assertThat(phase.withShifted("refused").shift().error()).isEqualTo("refused");
        PhaseState accepted = phase.withShifted(null);
        assertThat(accepted.shift().accepted()).isTrue();
        assertThat(accepted.shiftKey()).isEqualTo(EffectKey.shift(2, 0, 0));
        PhaseState missed = accepted.withMiss("reads 5 %", 3).withMiss("reads 5 %", 3);
        assertThat(missed.shift().misses()).isEqualTo(2);
        assertThat(missed.shift().accepted()).isTrue();
        assertThat(missed.withMiss("reads 5 %", 3).shiftKey()).isEqualTo(EffectKey.shift(2, 0, 1));
        assertThat(missed.withMiss("reads 5 %", 3).shift().accepted()).isFalse();
    }

    @Test
    void whatWasBakedBeforeAnInterruptionCounts() {
        PhaseState baking = PhaseState.begin(1, T).withBake(T, Duration.ZERO);
        assertThat(baking.shift().confirmed()).isTrue();
        assertThat(baking.baked(T.plusSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        PhaseState drifted = baking.withDrift(T.plusSeconds(30));
        assertThat(drifted.baked(T.plusSeconds(90))).isEqualTo(Duration.ofSeconds(30));
        assertThat(drifted.shift().confirmed()).isFalse();
        assertThat(drifted.shiftKey()).isEqualTo(EffectKey.shift(1, 1, 0));
        PhaseState again = drifted.withBake(T.plusSeconds(100), Duration.ZERO);
        assertThat(again.baked(T.plusSeconds(110))).isEqualTo(Duration.ofSeconds(40));
        PhaseState interrupted = again.withInterruption(T.plusSeconds(120));
        assertThat(interrupted.baked(T.plusSeconds(999))).isEqualTo(Duration.ofSeconds(50));
        assertThat(interrupted.shift().attempt()).isEqualTo(1);
        assertThat(baking.withInterruption(null).baked(T.plusSeconds(999))).isZero();
        assertThat(baking.withInterruption(T.minusSeconds(1)).baked(T.plusSeconds(999)))
                .isZero();
    }

    @Test
    void anApprovalAndASkipStandBesideEachOther() {
        PhaseState both = PhaseState.begin(1, T).withSkip("ann").withApproval();
        assertThat(both.leave().approved()).isTrue();
        assertThat(both.leave().skippedBy()).isEqualTo("ann");
        assertThat(PhaseState.begin(1, T).withApproval().withSkip("ann").leave().approved())
                .isTrue();
    }

    @Test
    void durationsAreReadInTheSizeThatTheyHave() {
        assertThat(Decisions.seconds(Duration.ofMillis(4_520))).isEqualTo("4.5 s");
        assertThat(Decisions.seconds(Duration.ofMillis(9_990))).isEqualTo("10.0 s");
        assertThat(Decisions.seconds(Duration.ofSeconds(10))).isEqualTo("10 s");
        assertThat(Decisions.seconds(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(Decisions.seconds(Duration.ofSeconds(120))).isEqualTo("2 min");
        assertThat(Decisions.seconds(Duration.ofMinutes(95))).isEqualTo("95 min");
    }

    @Test
    void timeThatPassed() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(Decisions.passed(T, T.plusSeconds(59), minute)).isFalse();
        assertThat(Decisions.passed(T, T.plusSeconds(60), minute)).isTrue();
        assertThat(Decisions.elapsed(T, T.plusMillis(1500))).isEqualTo(1.5);
        assertThat(Decisions.elapsed(T, T.minusSeconds(5)))
                .as("a clock set back")
                .isZero();
    }

    private static Plan plan(PlanOptions options) {
        return Plans.of(FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT), "production", options);
    }

    @Test
    void theRouterIsReadAtEveryLookButNotWithoutPause() {
        assertThat(Decisions.atLook(plan(PlanOptions.ALONE))).isEqualTo(Duration.ofSeconds(5));
        PlanOptions quick = new PlanOptions(Plan.Movement.BODY, true, false, true, 10, false);
        assertThat(Decisions.atLook(plan(quick))).isEqualTo(Duration.ofMillis(500));
        PlanOptions tooQuick = new PlanOptions(Plan.Movement.BODY, true, false, true, 100, false);
        assertThat(Decisions.atLook(plan(tooQuick))).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void whatIsSaidOrUnderWayIsNotSaidAgain() {
        State held = Fold.apply(
                plan(PlanOptions.ALONE), State.NEW, new Stamped(1, T, T, new Event.Held(HoldCause.NO_DATA, "silent")));
        assertThat(Decisions.hold(held, HoldCause.NO_DATA, "silent")).isEmpty();
        assertThat(Decisions.hold(held, HoldCause.FROZEN, "frozen"))
                .containsExactly(new Event.Held(HoldCause.FROZEN, "frozen"));
        EffectKey key = EffectKey.shift(1, 0, 0);
        Event.Intended intended = new Event.Intended(key.toString(), "shift", "5 %");
        assertThat(Decisions.intend(State.NEW, key, "shift", "5 %")).containsExactly(intended);
        State underWay = Fold.apply(plan(PlanOptions.ALONE), State.NEW, new Stamped(1, T, T, intended));
        assertThat(Decisions.intend(underWay, key, "shift", "5 %")).isEmpty();
    }

    @Test
    void whoOnlyObservesSaysWhatItWouldHaveDone() {
        Event.Breached breach = Event.Breached.of(BreachCause.PHASE, "worse");
        Event instead = new Event.CanaryEnded();
        assertThat(Decisions.breach(plan(PlanOptions.ALONE), breach, instead)).containsExactly(breach);
        PlanOptions observing = new PlanOptions(Plan.Movement.BODY, true, false, true, 1, true);
        assertThat(Decisions.breach(plan(observing), breach, instead))
                .containsExactly(breach, new Event.RollbackStarted("worse", 0, 0, true), instead);
    }
}
