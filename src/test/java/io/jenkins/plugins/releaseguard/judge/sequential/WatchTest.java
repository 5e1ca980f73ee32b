// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.testing.LookFixture;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final MetricConfig ERRORS = MetricConfig.of("e", MetricKind.RATE);
    private static final MetricConfig LATENCY = MetricConfig.builder("l", MetricKind.LATENCY)
            .unit("ms")
            .allow(Allow.percent(10))
            .build();
    private static final JudgeConfig CONFIG =
            JudgeConfig.of(0.05, List.of(ERRORS, LATENCY), List.of(0.01, 0.05, 0.25, 0.5, 1.0));

    private final ObjectMapper json = new ObjectMapper();

    private static LookVerdict until(JudgeConfig c, int phase, int looks, double errorRatio, double slowdown) {
        SplittableRandom r = new SplittableRandom(7);
        WatchState s = Watch.start(c);
        LookVerdict v = null;
        for (int i = 0; i < looks; i++) {
            WatchStep step =
                    Watch.look(c, s, LookFixture.look(r, phase, c.phaseShares().get(phase), errorRatio, slowdown));
            s = step.state();
            v = step.verdict();
            if (v.action() == Action.STOP || v.action() == Action.PROMOTE) {
                return v;
            }
        }
        return v;
    }

    @Test
    void tripledErrorsStopAndSayWhy() {
        LookVerdict v = until(CONFIG, 2, 60, 3, 1);
        assertThat(v.action()).isEqualTo(Action.STOP);
        assertThat(v.e()).isGreaterThanOrEqualTo(20);
        assertThat(v.reason()).contains("e ", "baseline", "e = ");
        assertThat(v.findings().get(0).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aSlowCanaryStops() {
        LookVerdict v = until(CONFIG, 2, 60, 1, 1.4);
        assertThat(v.action()).isEqualTo(Action.STOP);
        assertThat(v.findings().get(1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(v.findings().get(1).effect()).isBetween(0.25, 0.55);
    }

    @Test
    void anEqualCanaryIsPromotedOnEvidence() {
        LookVerdict v = until(CONFIG, 2, 60, 1, 1);
        assertThat(v.action()).isEqualTo(Action.PROMOTE);
        assertThat(v.findings()).allMatch(f -> f.verdict() == Verdict.PASS);
        assertThat(v.score()).isEqualTo(100);
    }

    @Test
    void theFirstLookNeitherStopsNorPromotesButTellsTheWait() {
        LookVerdict v = until(CONFIG, 1, 1, 1, 1);
        assertThat(v.action()).isEqualTo(Action.CONTINUE);
        assertThat(v.reason()).isNotBlank();
    }

    @Test
    void stateComesBackFromJsonExactlyAndStaysSmall() throws Exception {
        SplittableRandom a = new SplittableRandom(3);
        WatchState straight = Watch.start(CONFIG);
        WatchState resumed = straight;
        for (int i = 0; i < 40; i++) {
            Look l = LookFixture.look(a, i / 20, CONFIG.phaseShares().get(i / 20), 1, 1);
            straight = Watch.look(CONFIG, straight, l).state();
            String text = json.writeValueAsString(resumed);
            assertThat(text.length()).isLessThan(6000);
            resumed = Watch.look(CONFIG, json.readValue(text, WatchState.class), l)
                    .state();
        }
        assertThat(resumed).isEqualTo(straight);
    }

    @Test
    void missingDataHolds() {
        Look l = new Look(1, 30, 2850, 150, List.of(MetricLook.missing("e", "the source answered 503")));
        LookVerdict v = Watch.look(CONFIG, Watch.start(CONFIG), l).verdict();
        assertThat(v.action()).isEqualTo(Action.HOLD);
        assertThat(v.reason()).contains("503");
        assertThat(v.findings().get(0).verdict()).isEqualTo(Verdict.NODATA);
    }

    @Test
    void aRouterThatLiesHolds() {
        JudgeConfig c = JudgeConfig.of(0.05, List.of(ERRORS), List.of(0.05));
        WatchState s = Watch.start(c);
        Action action = null;
        for (int i = 0; i < 12; i++) {
            Look l = new Look(
                    0, 30, 2790, 210, List.of(MetricLook.counts("e", new Counts(28, 2790), new Counts(2, 210))));
            WatchStep step = Watch.look(c, s, l);
            s = step.state();
            action = step.verdict().action();
        }
        assertThat(action).isEqualTo(Action.HOLD);
    }

    @Test
    void theDocumentedExample() {
        JudgeConfig c = JudgeConfig.of(0.05, List.of(ERRORS), List.of(0.05, 0.1, 0.2, 0.3, 0.5));
        Look l = new Look(0, 30, 950, 50, List.of(MetricLook.counts("e", new Counts(20, 950), new Counts(10, 50))));
        WatchStep step = Watch.look(c, Watch.start(c), l);
        EProcess.Side up = step.state().metrics().get("e").main().up();
        double bet = Restart.FIRST + Restart.FIRST * Restart.part(0);
        double[] factors = {2.77, 3.71, 1.4, 1.9, 6, 6};
        for (int i = 0; i < factors.length; i++) {
            assertThat(up.harm().get(i) / bet).isCloseTo(factors[i], within(0.01));
        }
        assertThat(step.verdict().e()).isCloseTo(2.23, within(0.01));
        int looks = 1;
        while (step.verdict().action() != Action.STOP) {
            step = Watch.look(c, step.state(), l);
            looks++;
        }
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void aPhaseThatThePlanLacksIsNamed() {
        assertThatThrownBy(() -> Watch.look(CONFIG, Watch.start(CONFIG), new Look(9, 30, 1, 1, List.of())))
                .hasMessageContaining("look.phase is 9");
    }
}
