// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A canary at 1 % has looks without a single request: that is no news, not missing data. */
class IdleLookTest {
    private static final JudgeConfig CONFIG =
            JudgeConfig.of(0.05, List.of(MetricConfig.of("m", MetricKind.LATENCY)), List.of(0.01));

    @Test
    void lookWithoutRequestsChangesNothing() {
        WatchState state = Watch.start(CONFIG);
        WatchStep busy = Watch.look(CONFIG, state, look(List.of(100.0, 110.0, 120.0), 3));
        WatchStep idle = Watch.look(CONFIG, busy.state(), look(List.of(), 0));
        assertThat(idle.verdict().findings().get(0).verdict())
                .isEqualTo(busy.verdict().findings().get(0).verdict());
        assertThat(idle.verdict().action()).isEqualTo(busy.verdict().action());
    }

    @Test
    void lookThatSaysNothingAtAllIsMissing() {
        WatchStep step = Watch.look(
                CONFIG,
                Watch.start(CONFIG),
                new Look(0, 5, 297, 3, List.of(MetricLook.values("m", baseline(), List.of()))));
        assertThat(step.verdict().action()).isEqualTo(Action.HOLD);
    }

    private static Look look(List<Double> canary, double requests) {
        MetricLook metric =
                MetricLook.values("m", baseline(), canary).withTail(new Counts(1, 297), new Counts(0, requests));
        return new Look(0, 5, 297, requests, List.of(metric));
    }

    private static List<Double> baseline() {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 297; i++) {
            values.add(100 + (i * 37 % 100) / 2.0);
        }
        return values;
    }
}
