// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease.Harm;
import io.jenkins.plugins.releaseguard.testing.SimulatedRolloutFixture;
import org.junit.jupiter.api.Test;

/** The simulation of docs/judge.md at a size that a build can bear; SimulationTable runs it in full. */
class SimulationTest {
    private static final JudgeConfig CONFIG =
            JudgeConfig.of(0.05, SimulatedRelease.metrics(), SimulatedRolloutFixture.SHARES);
    private static final int RUNS = 60;
    private static final long SEED = 20_240_229;

    @Test
    void falseStopsKeepToAlpha() {
        // At 5 % eight or more of 60 would come once in eighty times; the full table has the figure itself.
        assertThat(SimulatedRolloutFixture.run(CONFIG, RUNS, SEED, 0.01, Harm.NONE)
                        .stops())
                .isLessThanOrEqualTo(7);
    }

    @Test
    void doubledErrorsAreStopped() {
        assertThat(SimulatedRolloutFixture.run(CONFIG, RUNS, SEED, 0.01, new Harm(2, 1))
                        .rate())
                .isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void aFifthMoreLatencyIsStopped() {
        assertThat(SimulatedRolloutFixture.run(CONFIG, RUNS, SEED, 0.01, new Harm(1, 1.2))
                        .rate())
                .isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void theSameSeedGivesTheSameReleases() {
        assertThat(SimulatedRolloutFixture.run(CONFIG, 3, 9, 0.01, new Harm(2, 1))
                        .looks())
                .isEqualTo(SimulatedRolloutFixture.run(CONFIG, 3, 9, 0.01, new Harm(2, 1))
                        .looks());
    }

    @Test
    void aRouterThatSendsSevenForFivePercentHolds() {
        SimulatedRelease release = new SimulatedRelease(SEED, 0.01);
        WatchState s = Watch.start(CONFIG);
        Action last = null;
        for (int i = 0; i < SimulatedRolloutFixture.LOOKS; i++) {
            WatchStep step = Watch.look(CONFIG, s, release.look(1, 0.05, Harm.NONE));
            s = step.state();
            last = step.verdict().action();
        }
        assertThat(last).isEqualTo(Action.HOLD);
    }
}
