// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** H5: the new version is watched whenever it may have traffic. */
class ShiftingTest {
    private static final String TRIGGER_ALONE =
            FakeRolloutWorld.CONTRACT.replace("critical: true}", "critical: true, allow: 1000000%}");

    @Test
    void aBodyThatMovesTrafficAndRunsOnIsNoBlindSpot() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        51, FakeRolloutWorld.CONTRACT, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false))
                .start()
                .runUntilPhase(1);
        world.bodyLingers = true;
        world.runUntil(() -> world.state.phaseIndex() == 2);
        world.run(Duration.ofSeconds(10));
        world.canaryErrors = 1;
        world.run(Duration.ofMinutes(2));
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.TRIGGER);
            assertThat(breach.entry()).isEqualTo("DEP-003");
        });
    }

    @Test
    void aShiftInTheMiddleDoesNotBreakATriggersRun() {
        FakeRolloutWorld world = new FakeRolloutWorld(52, TRIGGER_ALONE, PlanOptions.ALONE)
                .start()
                .runUntilPhase(2);
        world.run(Duration.ofSeconds(10));
        world.canaryErrors = 0.3;
        Instant harm = world.now;
        world.run(Duration.ofSeconds(30));
        world.weight = 20;
        world.routerObeys = false;
        world.run(Duration.ofSeconds(12));
        assertThat(world.state.life()).isEqualTo(Lifecycle.SHIFTING);
        world.routerObeys = true;
        world.runUntil(() -> world.state.isRollingBack());
        assertThat(Duration.between(harm, world.now)).isLessThanOrEqualTo(Duration.ofSeconds(75));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.TRIGGER);
    }

    @Test
    void looksWithoutTheNewVersionsRequestsNeitherAddNorBreak() {
        FakeRolloutWorld world = new FakeRolloutWorld(53, TRIGGER_ALONE, PlanOptions.ALONE)
                .start()
                .runUntilPhase(0);
        int[] look = {0};
        // internal users, every other look
        world.tells = s ->
                look[0]++ % 2 == 0 ? Event.Sample.rate(s.metric(), 4, 4, s.baselineErrors(), s.baselineTotal()) : s;
        world.run(Duration.ofMinutes(2));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.TRIGGER);
    }

    private static FakeRolloutWorld shifted() {
        FakeRolloutWorld world = new FakeRolloutWorld(54).start().runUntilPhase(1);
        world.runUntil(() -> world.state.phaseIndex() >= 2);
        PhaseState phase = world.state.phase();
        world.accept(new Event.Intended(phase.shiftKey().toString(), "shift", "25 %"));
        world.now = world.now.plusMillis(100);
        world.weight = 25;
        world.accept(new Event.Done(phase.shiftKey().toString(), null, 0.1));
        return world;
    }

    private static void read(FakeRolloutWorld world, double weight, Instant asked, String error) {
        world.accept(new Event.RouterRead("read", weight, 0, 0, 0, true, error, asked));
    }

    /** H2: a simulation found releases that never baked because a reading had been under way when their weight was set. */
    @Test
    void whatWasAskedBeforeTheWeightWasSetIsNoWordAboutIt() {
        FakeRolloutWorld world = shifted();
        read(world, 5, world.now.minusMillis(50), null);
        assertThat(world.state.phase().shift().misses()).isZero();
        world.run(Duration.ofSeconds(3));
        assertThat(world.state.life()).isEqualTo(Lifecycle.BAKING);
    }

    @Test
    void aReadingThatMissedIsThePastOnceOneShowsTheWeight() {
        FakeRolloutWorld world = shifted();
        read(world, Double.NaN, world.now, "connection refused");
        read(world, 5, world.now, null);
        assertThat(world.state.phase().shift().misses()).isEqualTo(2);
        world.run(Duration.ofSeconds(3));
        assertThat(world.state.life()).isEqualTo(Lifecycle.BAKING);
    }
}
