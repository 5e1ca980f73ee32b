// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final JudgeConfig CONFIG = JudgeConfig.of(0.05, SimulatedRelease.metrics(), Rollouts.SHARES);

    @Test
    void trial() {
        long t = System.nanoTime();
        for (var h : new SimulatedRelease.Harm[] {
            SimulatedRelease.Harm.NONE, new SimulatedRelease.Harm(2, 1), new SimulatedRelease.Harm(1, 1.2)
        }) {
            Rollouts.Tally a = Rollouts.run(CONFIG, 500, 1, 0.01, h);
            System.out.println(h + " " + a.rate() + " looks " + Rollouts.Tally.median(a.looks()) + " requests "
                    + Rollouts.Tally.median(a.requests()) + " in " + a.in(0) + " " + a.in(1) + " " + a.in(2) + " "
                    + a.in(3) + " " + (System.nanoTime() - t) / 1e9);
        }
        assertThat(CONFIG.metrics()).hasSize(10);
    }
}
