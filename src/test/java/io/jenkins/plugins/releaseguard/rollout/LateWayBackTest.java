// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A way back that takes long: when that is told, what is named as being in its way, and how often the router is read meanwhile. */
class LateWayBackTest {
    private static final PlanOptions BODY = new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false);
    private static final PlanOptions ENCLOSED = new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false);
    private static final Duration OBJECTIVE = Duration.ofSeconds(60);

    private static FakeRolloutWorld world(PlanOptions options) {
        return new FakeRolloutWorld(110, FakeRolloutWorld.CONTRACT, options)
                .start()
                .runUntilPhase(2);
    }

    private static FakeRolloutWorld breach(FakeRolloutWorld world, int secondsAgo) {
        world.accept(new Event.Breached(
                BreachCause.TRIGGER, "DEP-003", "MON-001", "50 %", "> 2%", "bad", world.now.minusSeconds(secondsAgo)));
        return world;
    }

    /** The canary goes on getting a request a second, whatever the router says of its weight. */
    private static void leak(FakeRolloutWorld world, Duration time) {
        for (int i = 0; i < time.toSeconds(); i++) {
            world.canaryRequests++;
            world.second();
        }
    }

    private static List<Event.RollbackUnconfirmed> told(FakeRolloutWorld world) {
        return world.events(Event.RollbackUnconfirmed.class);
    }

    private static int readings(FakeRolloutWorld world) {
        return world.events(Event.RouterRead.class).size();
    }

    private static FakeRolloutWorld recovering() {
        FakeRolloutWorld world = world(PlanOptions.ALONE);
        world.canaryErrors = 0.5;
        return world.runUntil(Lifecycle.RECOVERING);
    }

    private static Event.Ended closed(FakeRolloutWorld world) {
        world.accept(new Event.Operated(OperatorCommand.CLOSE, "ann", "enough"));
        world.second();
        return world.outcome();
    }

    @Test
    void whoDecidedLateHasTheObjectivesTimeToTry() {
        FakeRolloutWorld world = world(BODY);
        world.bodyHangs = true;
        breach(world, 300).run(OBJECTIVE.minusSeconds(2));
        assertThat(told(world)).isEmpty();
        world.run(Duration.ofSeconds(6));
        assertThat(told(world))
                .singleElement()
                .satisfies(said -> assertThat(said.totalSeconds()).isBetween(360.0, 365.0));
    }

    @Test
    void whatWasTriedAndIsLateIsToldAtOnceAndOnce() {
        FakeRolloutWorld world = world(PlanOptions.ALONE);
        world.shiftsFail = true;
        breach(world, 300).run(Duration.ofSeconds(5));
        assertThat(told(world))
                .singleElement()
                .satisfies(said ->
                        assertThat(said.reason()).isEqualTo("rollback not confirmed within 60 s: connection refused"));
        world.run(Duration.ofMinutes(10));
        assertThat(told(world)).hasSize(1);
    }

    @Test
    void aWeightThatIsTakenCountsAsTried() {
        FakeRolloutWorld world = breach(world(PlanOptions.ALONE), 300);
        leak(world, Duration.ofSeconds(5));
        assertThat(told(world))
                .singleElement()
                .satisfies(said -> assertThat(said.reason())
                        .isEqualTo("rollback not confirmed within 60 s: the canary's counter has not stood still"));
    }

    @Test
    void aBodyThatHasNotAnsweredIsNamed() {
        FakeRolloutWorld world = world(BODY);
        world.bodyHangs = true;
        world.actionsHang = true;
        breach(world, 0).run(OBJECTIVE.plusSeconds(5));
        assertThat(told(world))
                .singleElement()
                .satisfies(said -> assertThat(said.reason())
                        .isEqualTo("rollback not confirmed within 60 s: the shift to 0 % has not been answered"));
    }

    @Test
    void theActionThatIsTheWayBackIsNamedWhileItHasNotEnded() {
        FakeRolloutWorld world = new FakeRolloutWorld(111, FakeRolloutWorld.CONTRACT, ENCLOSED).start();
        world.runUntil(Lifecycle.WATCHING);
        world.accept(new Event.BodyEnded(-1, 0, null));
        world.actionsHang = true;
        breach(world, 0);
        world.weight = 0;
        world.run(OBJECTIVE.plusSeconds(5));
        assertThat(told(world))
                .singleElement()
                .satisfies(said -> assertThat(said.reason())
                        .isEqualTo("rollback not confirmed within 60 s: the procedure's action notify has not ended"));
        world.actionsHang = false;
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
    }

    /** Dense while the objective runs; then one reading for each two hundred that there could have been, and one in ten seconds at least. */
    @Test
    void whatTakesHoursIsReadMoreAndMoreSeldom() {
        FakeRolloutWorld world = breach(world(PlanOptions.ALONE), 0);
        leak(world, OBJECTIVE.minusSeconds(5));
        assertThat(readings(world)).isGreaterThan(50);
        leak(world, Duration.ofSeconds(605));
        int before = readings(world);
        // every three to four seconds
        leak(world, Duration.ofSeconds(100));
        assertThat(readings(world) - before).isBetween(22, 36);
        leak(world, Duration.ofHours(3));
        before = readings(world);
        leak(world, Duration.ofMinutes(10));
        assertThat(readings(world) - before).isBetween(58, 62);
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
    }

    @Test
    void afterTheConfirmationTheRouterIsReadWithTheLooks() {
        FakeRolloutWorld world = recovering();
        int before = readings(world);
        // nothing is seen quiet meanwhile
        world.sourceUp = false;
        world.run(Duration.ofSeconds(50));
        assertThat(world.state.life()).isEqualTo(Lifecycle.RECOVERING);
        assertThat(readings(world) - before).isBetween(9, 11);
    }

    @Test
    void whatIsClosedAfterTheConfirmationIsConfirmed() {
        Event.Ended end = closed(recovering());
        assertThat(end.confirmed()).isTrue();
        assertThat(end.reason()).endsWith("; closed by ann: enough");
    }

    @Test
    void whatIsClosedWhileTheRouterIsAwayIsNot() {
        FakeRolloutWorld world = recovering();
        world.sourceUp = false;
        world.routerUp = false;
        world.run(Duration.ofSeconds(10));
        Event.Ended end = closed(world);
        assertThat(end.confirmed()).isFalse();
        assertThat(end.reason()).endsWith("; NOT CONFIRMED: the router was not read last");
    }

    @Test
    void whatIsClosedAfterItWasToldSaysWhatWasTold() {
        FakeRolloutWorld world = recovering();
        world.sourceUp = false;
        world.routerUp = false;
        world.run(OBJECTIVE.plusSeconds(10));
        assertThat(told(world)).hasSize(1);
        Event.Ended end = closed(world);
        assertThat(end.confirmed()).isFalse();
        assertThat(end.reason())
                .endsWith("; NOT CONFIRMED: the router has not been read since the rollback was confirmed:"
                        + " connection refused");
    }

    @Test
    void whatIsClosedOnItsWaySaysForHowLongAndHowOftenItWasTried() {
        FakeRolloutWorld once = world(BODY);
        once.bodyHangs = true;
        once.actionsHang = true;
        breach(once, 0).run(Duration.ofSeconds(30));
        assertThat(closed(once).reason())
                .endsWith("; NOT CONFIRMED: for 30 s, 1 try so far: the shift to 0 % has not been answered");
        FakeRolloutWorld often = world(PlanOptions.ALONE);
        often.shiftsFail = true;
        breach(often, 0).run(Duration.ofSeconds(30));
        int tries = often.state.rollback().shift().attempt() + 1;
        assertThat(tries).isGreaterThan(3);
        assertThat(closed(often).reason())
                .endsWith("; NOT CONFIRMED: for 30 s, " + tries + " tries so far: connection refused");
    }

    @Test
    void theObjectiveCountsAnewAfterTimeWithoutARunner() {
        FakeRolloutWorld world = world(PlanOptions.ALONE);
        world.shiftsFail = true;
        breach(world, 0).run(Duration.ofSeconds(30));
        world.now = world.now.plusSeconds(300);
        world.accept(new Event.Resumed(300, "restart"));
        world.run(OBJECTIVE.minusSeconds(2));
        assertThat(told(world)).isEmpty();
        world.run(Duration.ofSeconds(6));
        assertThat(told(world)).hasSize(1);
    }

    /** A sample's age is the release's time; the objective is the wall's. */
    @Test
    void inARehearsalTheSamplesAgeIsShorter() {
        FakeRolloutWorld world = breach(world(PlanOptions.ALONE.withSpeed(60)), 300);
        world.second();
        assertThat(world.events(Event.RollbackStarted.class))
                .singleElement()
                .satisfies(started -> assertThat(started.detectSeconds()).isEqualTo(5));
    }

    private static String inTheWay(FakeRolloutWorld world, double sessions, Boolean serving) {
        world.accept(new Event.RouterRead(
                "read", 0, Math.floor(world.canaryRequests), 0, sessions, serving, null, world.now));
        return world.state.rollback().shift().error();
    }

    @Test
    void weightZeroAloneIsNotTheWholeWayBack() {
        FakeRolloutWorld world = breach(world(PlanOptions.ALONE), 0);
        leak(world, Duration.ofSeconds(3));
        assertThat(inTheWay(world, 3, true)).isEqualTo("3 sessions are still open to the canary");
        assertThat(inTheWay(world, 0, true)).isNull();
        assertThat(inTheWay(world, Double.NaN, true)).as("not known").isNull();
        for (Boolean serving : Arrays.asList(false, null)) {
            assertThat(inTheWay(world, 0, serving))
                    .isEqualTo("the router does not say that the last good version is serving");
        }
        world.accept(new Event.RouterRead("read", Double.NaN, 0, 0, 0, null, "refused", world.now));
        assertThat(world.state.rollback().shift().error()).isEqualTo("refused");
    }

    /** What came back well and left the traffic is called again after half a minute, not with every look. */
    @Test
    void aBodyThatLeavesTheTrafficIsCalledAgainAfterAWhile() {
        FakeRolloutWorld world = world(BODY);
        world.routerObeys = false;
        world.acts.clear();
        breach(world, 0).run(Duration.ofSeconds(25));
        assertThat(world.acts).filteredOn("body 0.0"::equals).hasSize(1);
        world.run(Duration.ofSeconds(15));
        assertThat(world.acts).filteredOn("body 0.0"::equals).hasSize(2);
    }

    private static Duration wake(FakeRolloutWorld world) {
        Reaction reaction = Rollout.react(world.plan, world.state, world.now, world.now);
        while (!reaction.events().isEmpty()) {
            reaction.events().forEach(world::accept);
            reaction = Rollout.react(world.plan, world.state, world.now, world.now);
        }
        return reaction.wake();
    }

    /** Often while traffic is moved in time; else twice in each look, in the wall's time, between a hundredth of a second and one. */
    @Test
    void whoWaitsForNothingSleepsLonger() {
        assertThat(wake(world(PlanOptions.ALONE.withSpeed(5)))).isEqualTo(Duration.ofMillis(500));
        assertThat(wake(world(PlanOptions.ALONE.withSpeed(1000)))).isEqualTo(Duration.ofMillis(10));
        FakeRolloutWorld world = world(PlanOptions.ALONE);
        assertThat(wake(world)).isEqualTo(Duration.ofSeconds(1));
        world.shiftsFail = true;
        breach(world, 0);
        assertThat(wake(world)).isEqualTo(Duration.ofMillis(250));
        world.run(OBJECTIVE.plusSeconds(2));
        assertThat(told(world)).hasSize(1);
        assertThat(wake(world)).as("hours may be before it").isEqualTo(Duration.ofSeconds(1));
    }
}
