// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** H2: nothing is promoted unless the router says so at the end. */
class LastBakeTest {
    private static final Duration LONG = Duration.ofHours(3);

    private static final String VALIDATED = FakeRolloutWorld.CONTRACT
            + "  - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers, method: Automated,"
            + " verify: {http: {url: 'https://shop.example/health'}}, owner: team}\n";

    private static FakeRolloutWorld watching(long seed) {
        return watching(new FakeRolloutWorld(seed));
    }

    private static FakeRolloutWorld watching(FakeRolloutWorld world) {
        world.start();
        world.runUntil(Lifecycle.WATCHING);
        return world.run(Duration.ofSeconds(20));
    }

    @Test
    void aProxyThatReloadsIsSetAgainAndItsTimeDoesNotCount() {
        FakeRolloutWorld world = watching(81);
        world.weight = 0;
        world.run(Duration.ofSeconds(15));
        assertThat(world.weight).isEqualTo(100);
        assertThat(world.events(Event.Held.class)).last().satisfies(held -> {
            assertThat(held.cause()).isEqualTo(HoldCause.ROUTER);
            assertThat(held.reason()).contains("changed by others to 0 %", "setting 100 %");
        });
        assertThat(world.state.isHeld()).isFalse();
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
    }

    @Test
    void aProxyThatReloadsAtTheVeryEndIsNotPromoted() {
        FakeRolloutWorld world = watching(82);
        world.runUntil(() -> world.state.watching().looks().watched().compareTo(Duration.ofSeconds(295)) >= 0);
        world.weight = 0;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
    }

    /** The bake is nearly over, and the router has been asked but answers only after the look that ends it. */
    private static FakeRolloutWorld askedBeforeTheLastLook(long seed) {
        FakeRolloutWorld world = watching(seed);
        world.runUntil(() -> world.state.watching().looks().watched().compareTo(Duration.ofSeconds(295)) >= 0);
        world.routerTakes = Duration.ofSeconds(7);
        world.runUntil(world::isReading);
        return world;
    }

    @Test
    void aReadingThatWasAskedForBeforeTheBakeWasOverPromotesNothing() {
        FakeRolloutWorld world = askedBeforeTheLastLook(87);
        world.weight = 0;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
    }

    @Test
    void aRouterThatTakesLongerThanALookPromotesAllTheSame() {
        FakeRolloutWorld world = askedBeforeTheLastLook(88);
        world.run(Duration.ofSeconds(30));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void aReadingThatWasAskedForBeforeAGapInOurOwnTimePromotesNothing() {
        FakeRolloutWorld world = watching(89);
        world.runUntil(() -> world.state.watching().looks().watched().compareTo(Duration.ofSeconds(298)) >= 0);
        world.routerTakes = Duration.ofSeconds(600);
        world.runUntil(() ->
                world.state.watching().looks().watched().compareTo(Duration.ofSeconds(310)) >= 0 && world.isReading());
        world.now = world.now.plusSeconds(600);
        world.weight = 0;
        world.accept(new Event.Resumed(600, "the machine was suspended"));
        world.routerTakes = Duration.ZERO;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
    }

    @Test
    void aRouterThatDoesNotAnswerIsWaitedFor() {
        FakeRolloutWorld world = watching(83);
        world.routerUp = false;
        world.run(Duration.ofMinutes(30));
        assertThat(world.outcome()).isNull();
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.ROUTER);
        assertThat(world.state.holds().get(HoldCause.ROUTER)).contains("connection refused", "nothing is promoted");
        world.routerUp = true;
        world.run(Duration.ofSeconds(30));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** C1: a validation that waited for its turn until the bake was over was told as one that never answered. */
    @Test
    void aValidationThatWaitsForItsTurnIsWaitedFor() {
        FakeRolloutWorld world = new FakeRolloutWorld(90, VALIDATED, PlanOptions.ALONE);
        world.checksWait = true;
        watching(world).run(Duration.ofMinutes(30));
        assertThat(world.outcome()).isNull();
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.events(Event.Intended.class))
                .as("one try in the queue")
                .filteredOn(intended -> intended.key().startsWith("validate"))
                .hasSize(1);
        world.checksWait = false;
        world.run(Duration.ofSeconds(30));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void aValidationThatDoesNotPassInTheLastBakeTurnsTheReleaseBack() {
        FakeRolloutWorld world = new FakeRolloutWorld(91, VALIDATED, PlanOptions.ALONE);
        world.checkStatus = EvidenceStatus.UNKNOWN;
        watching(world).run(Duration.ofMinutes(2));
        assertThat(world.events(Event.Intended.class))
                .filteredOn(intended -> intended.key().startsWith("validate"))
                .hasSizeBetween(4, 6);
        assertThat(world.events(Event.Breached.class)).as("it may still pass").isEmpty();
        world.run(LONG);
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.VALIDATION);
            assertThat(breach.reason()).isEqualTo("Smoke did not pass: 3 rows are orphaned");
        });
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    @Test
    void aWeightThatOthersKeepChangingTurnsTheReleaseBack() {
        FakeRolloutWorld world = watching(84);
        for (int second = 0; second < 120 && !world.state.isRollingBack(); second++) {
            if (world.state.phase().shift().confirmed()) {
                world.weight = 30;
            }
            world.second();
        }
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.ROUTER);
    }

    @Test
    void afterARestartTheRouterIsAskedAnew() {
        FakeRolloutWorld world = watching(85);
        world.now = world.now.plusSeconds(600);
        world.weight = 0;
        world.forget();
        world.accept(new Event.Resumed(600, "restart"));
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
    }

    @Test
    void whereABodyMovesTheTrafficTheOutcomeSaysThatNoRouterConfirmedIt() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        86, FakeRolloutWorld.CONTRACT, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false))
                .start()
                .run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.outcome().reason()).contains("no router confirmed it");
    }
}
