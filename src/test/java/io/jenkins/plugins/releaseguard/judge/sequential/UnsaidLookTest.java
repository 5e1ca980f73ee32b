// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease.Harm;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A look of a simulation decides what a release's look decides, with the same numbers; only its sentences are missing. */
class UnsaidLookTest {
    private static final List<Double> SHARES = List.of(0.05, 0.25, 0.5, 1.0);
    private static final int LOOKS = 12;

    @Test
    void onlyTheSentencesAreMissing() {
        JudgeConfig c = JudgeConfig.of(0.05, SimulatedRelease.metrics(), SHARES);
        Set<Action> seen = EnumSet.noneOf(Action.class);
        for (Harm harm : List.of(Harm.NONE, new Harm(3, 1.3))) {
            SimulatedRelease release = new SimulatedRelease(7, 0.01);
            WatchState s = Watch.start(c);
            for (int i = 0; i < SHARES.size() * LOOKS; i++) {
                int phase = i / LOOKS;
                Look look = release.look(phase, SHARES.get(phase), harm);
                WatchStep said = Watch.look(c, s, look);
                WatchStep unsaid = Watch.unsaid(c, s, look);
                assertThat(unsaid.state()).isEqualTo(said.state());
                assertThat(unsaid.verdict().findings())
                        .extracting(MetricFinding::reason)
                        .containsOnly("");
                assertThat(silent(unsaid.verdict())).isEqualTo(silent(said.verdict()));
                seen.add(said.verdict().action());
                s = said.state();
            }
        }
        assertThat(seen).contains(Action.CONTINUE, Action.STOP);
    }

    private static LookVerdict silent(LookVerdict v) {
        return new LookVerdict(
                v.action(),
                "",
                v.findings().stream().map(finding -> finding.saying("")).toList(),
                v.e(),
                v.score(),
                v.needed());
    }
}
