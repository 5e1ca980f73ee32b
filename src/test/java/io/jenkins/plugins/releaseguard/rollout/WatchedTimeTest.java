// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** H1: a bake is over when it was looked at for as long as the contract says, not when that time has passed. */
class WatchedTimeTest {
    private static final Duration LONG = Duration.ofHours(3);

    private static void goDown(FakeRolloutWorld world, Duration down) {
        world.now = world.now.plus(down);
        world.accept(new Event.Resumed(down.toSeconds(), "restart"));
    }

    @Test
    void anHourWithoutAControllerIsNoTimeOfTheLastBake() {
        FakeRolloutWorld world = new FakeRolloutWorld(71).start();
        world.runUntil(Lifecycle.WATCHING);
        world.run(Duration.ofSeconds(7));
        goDown(world, Duration.ofHours(1));
        Instant back = world.now;
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(Duration.between(back, world.now)).isGreaterThanOrEqualTo(Duration.ofSeconds(290));
        assertThat(world.events(Event.RouterRead.class)).isNotEmpty();
    }

    @Test
    void anHourWithoutAControllerIsNoTimeOfAPhase() {
        FakeRolloutWorld world = new FakeRolloutWorld(72).start().runUntilPhase(1);
        world.run(Duration.ofSeconds(7));
        goDown(world, Duration.ofHours(1));
        world.run(Duration.ofSeconds(280));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void whatSilenceIsBorneForCountsAndNoMore() {
        FakeRolloutWorld world = new FakeRolloutWorld(73).start().runUntilPhase(1);
        world.run(Duration.ofSeconds(10));
        world.sourceUp = false;
        world.run(Duration.ofSeconds(45));
        world.sourceUp = true;
        world.run(Duration.ofSeconds(10));
        // 65 s have passed; the look that ended the silence covers 45 of them or more and counts for the 30 that are
        // borne
        assertThat(world.state.watching().looks().watched()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(48));
    }

    @Test
    void looksThatAreFarApartDoNotDrawABakeOut() {
        String contract = FakeRolloutWorld.CONTRACT
                .replace("interval: 5s", "interval: 30s")
                .replace("noData: 1m", "noData: 5m")
                .replace("bake: 5m", "bake: 2m");
        FakeRolloutWorld world =
                new FakeRolloutWorld(74, contract, PlanOptions.ALONE).start().runUntilPhase(0);
        Instant began = world.now;
        world.runUntil(() -> world.state.phaseIndex() > 0);
        assertThat(Duration.between(began, world.now)).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(124));
    }

    @Test
    void aBakeAsLongAsItsLimitIsJudgedByItsLastLook() {
        String contract = FakeRolloutWorld.CONTRACT
                .replace("maxBake: 10m", "maxBake: 5m")
                .replace("undecided: proceed", "undecided: rollback")
                .replace("interval: 5s", "interval: 7s");
        FakeRolloutWorld world =
                new FakeRolloutWorld(75, contract, PlanOptions.ALONE).start().run(Duration.ofMinutes(8));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.state.phaseIndex()).isEqualTo(1);
    }
}
