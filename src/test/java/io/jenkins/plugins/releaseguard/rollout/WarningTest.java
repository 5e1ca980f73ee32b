// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A softer limit beside that of a rollback. */
class WarningTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT
            .replace(
                    "threshold: \">2% of requests for 1 minute\"",
                    "threshold: \"> 50% for 1 minute\"\n    warn: \"average > 1% over 30s\"")
            .replace("critical: true}", "critical: true, allow: 1000000%}");

    private static FakeRolloutWorld world(String contract) {
        return new FakeRolloutWorld(47, contract, PlanOptions.ALONE).start();
    }

    @Test
    void aWarningHoldsAndNeverRollsBack() {
        FakeRolloutWorld world = world(CONTRACT).runUntilPhase(2);
        world.canaryErrors = 0.05;
        world.baselineErrors = 0.05;
        world.run(Duration.ofHours(1));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.state.holds().get(HoldCause.WARNING))
                .startsWith("DEP-003 warns: average error rate over 30 s ")
                .contains("breaks average > 1% over 30s (1 %)");
        assertThat(world.calls)
                .filteredOn(call -> call.contains("DEP-003 warns"))
                .hasSize(1);
        assertThat(world.weight).isEqualTo(25);
        // quiet again, it goes on by itself
        world.canaryErrors = 0.001;
        world.baselineErrors = 0.001;
        world.run(Duration.ofMinutes(1));
        assertThat(world.state.holds()).doesNotContainKey(HoldCause.WARNING);
        world.run(Duration.ofHours(2));
        assertThat(world.events(Event.Ended.class))
                .singleElement()
                .extracting(Event.Ended::verdict)
                .isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** Unknown is never green, and a warning never rolls back: where its reference is unknown the release waits. */
    @Test
    void aWarningWithNothingToCompareWithOnlyHolds() {
        String relative = CONTRACT.replace("average > 1% over 30s", "> 1.5x baseline for 30s");
        FakeRolloutWorld world = new FakeRolloutWorld(47, relative, PlanOptions.ALONE, new Event.Armed(Map.of()))
                .start()
                .runUntilPhase(3);
        world.run(Duration.ofHours(2));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.state.holds().get(HoldCause.WARNING))
                .contains("can't be held against > 1.5x baseline for 30s: the baseline is unknown");
    }

    @Test
    void whatIsBeyondTheLimitRollsBackAllTheSame() {
        FakeRolloutWorld world =
                world(CONTRACT.replace("> 50% for", "> 2% for")).runUntilPhase(2);
        world.canaryErrors = 0.05;
        world.run(Duration.ofMinutes(5));
        assertThat(world.events(Event.Breached.class)).isNotEmpty();
        assertThat(world.state.isRollingBack()
                        || !world.events(Event.Ended.class).isEmpty())
                .isTrue();
    }
}
