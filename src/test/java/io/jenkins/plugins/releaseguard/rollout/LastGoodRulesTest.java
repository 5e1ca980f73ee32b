// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T7: the last good version is seen at work before the first user meets the new one. */
class LastGoodRulesTest {
    private static final Duration LONG = Duration.ofHours(3);
    private static final String AT_ONCE = FakeRolloutWorld.CONTRACT.replace("[internal, 5, 25, 100]", "[5, 25, 100]");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noUserIsGivenToTheNewVersionWhileNothingIsThereToGoBackTo(boolean internalFirst) {
        FakeRolloutWorld world = world(internalFirst ? FakeRolloutWorld.CONTRACT : AT_ONCE);
        world.baselineServes = false;
        double most = 0;
        for (int second = 0; second < 3600 && world.events(Event.Breached.class).isEmpty(); second++) {
            world.second();
            most = Math.max(most, world.weight);
        }
        assertThat(most).isZero();
        assertThat(world.events(Event.Held.class)).anySatisfy(held -> {
            assertThat(held.cause()).isEqualTo(HoldCause.ROUTER);
            assertThat(held.reason())
                    .startsWith("the router does not say that the last good version takes requests: there is nothing")
                    .endsWith("turns back at 60 s");
        });
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.ROUTER);
            assertThat(breach.limit()).isEqualTo("takes requests");
        });
        world.run(LONG);
        assertThat(world.outcome().verdict())
                .as("nobody has to be brought back")
                .isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.events(Event.RollbackUnconfirmed.class)).isEmpty();
    }

    /** Whoever has met the new version goes back to something that serves, or people are called. */
    @Test
    void usersOfTheNewVersionNeedTheLastGoodOne() {
        FakeRolloutWorld world = world(FakeRolloutWorld.CONTRACT).runUntilPhase(1);
        world.baselineServes = false;
        world.canaryErrors = 0.5;
        world.run(LONG);
        assertThat(world.state.life()).isEqualTo(Lifecycle.ROLLING_BACK);
        assertThat(world.events(Event.RollbackUnconfirmed.class)).isNotEmpty();
    }

    @Test
    void theReleaseGoesOnOnceItServes() {
        FakeRolloutWorld world = world(AT_ONCE);
        world.baselineServes = false;
        world.runUntil(() -> world.state.isHeldFor(HoldCause.ROUTER));
        assertThat(world.weight).isZero();
        world.baselineServes = true;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events(Event.Released.class)).anyMatch(released -> released.cause() == HoldCause.ROUTER);
    }

    @Test
    void aRouterThatCannotBeAskedMovesNobody() {
        FakeRolloutWorld world = world(AT_ONCE);
        world.routerUp = false;
        world.runUntil(() -> world.state.isHeldFor(HoldCause.ROUTER));
        assertThat(world.events(Event.Held.class).get(0).reason()).contains("connection refused");
        assertThat(world.events(Event.Intended.class)).isEmpty();
        world.routerUp = true;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** What was true when it was asked may be long ago. */
    @Test
    void anAnswerOfBeforeThePhaseDoesNotCount() {
        FakeRolloutWorld world = world(AT_ONCE);
        world.baselineServes = false;
        world.accept(new Event.RouterRead("read", 0, 0, 0, 0, true, null, world.now.minusSeconds(1)));
        world.run(Duration.ofSeconds(5));
        assertThat(world.events(Event.Intended.class)).isEmpty();
        assertThat(world.state.isHeldFor(HoldCause.ROUTER)).isTrue();
    }

    /** The new version has its users already: they are neither held up nor taken for the first ones. */
    @Test
    void laterPhasesDoNotAskAgain() {
        FakeRolloutWorld world = world(FakeRolloutWorld.CONTRACT).runUntilPhase(1);
        world.baselineServes = false;
        world.runUntilPhase(2);
        assertThat(world.weight).isEqualTo(25);
    }

    /** The release before ended with all users on its servers: the others serve again from the first shift on. */
    @Test
    void whatTheLastReleaseLeftWithoutUsersIsBroughtBackByTheShift() {
        FakeRolloutWorld world = world(AT_ONCE);
        world.weight = 100;
        world.baselineServes = false;
        world.runUntil(() -> world.weight == 5);
        assertThat(world.events(Event.Held.class)).isEmpty();
    }

    private static FakeRolloutWorld world(String contract) {
        return new FakeRolloutWorld(31, contract, PlanOptions.ALONE).start();
    }
}
