// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of docs/judge.md's tables by regime, few releases each and wide bounds; RegimeTable prints them in full. */
class RegimeTest {
    private static final int RUNS = 20;
    private static final int HALF_AN_HOUR = 60;
    private static final double SECONDS = 30;

    /** Releases that came to this action in a phase within half an hour. */
    private static int reached(Regime regime, int phase, double errors, Harm harm, Action action) {
        JudgeConfig c = RegimeTraffic.config(regime);
        int n = 0;
        for (int i = 0; i < RUNS; i++) {
            RegimeTraffic traffic = new RegimeTraffic(100 + i, regime, 100, SECONDS, errors, harm);
            WatchState s = Watch.start(c);
            for (int k = 0; k < HALF_AN_HOUR; k++) {
                WatchStep step = Watch.look(c, s, traffic.look(phase, RegimeTraffic.SHARES.get(phase)));
                s = step.state();
                if (step.verdict().action() == action) {
                    n++;
                    break;
                }
            }
        }
        return n;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Regime.class)
    void theInnocentAreNotStopped(Regime regime) {
        assertThat(reached(regime, 2, 0.01, Harm.NONE, Action.STOP)).isLessThanOrEqualTo(3);
    }

    @Test
    void theHarmfulAre() {
        assertThat(reached(Regime.INDEPENDENT, 0, 0.01, Harm.errors(5), Action.STOP))
                .isGreaterThanOrEqualTo(18);
        assertThat(reached(Regime.INDEPENDENT, 0, 0, Harm.more(0.5), Action.STOP))
                .isGreaterThanOrEqualTo(16);
        assertThat(reached(Regime.INDEPENDENT, 0, 0.01, Harm.latency(1.5), Action.STOP))
                .isGreaterThanOrEqualTo(18);
    }

    @Test
    void theInnocentMayGoOn() {
        assertThat(reached(Regime.INDEPENDENT, 2, 0.01, Harm.NONE, Action.PROMOTE))
                .isGreaterThanOrEqualTo(18);
        assertThat(reached(Regime.INDEPENDENT, 3, 0, Harm.NONE, Action.PROMOTE)).isGreaterThanOrEqualTo(18);
    }

    @Test
    void whoIsAsBadAsTheMarginMayNot() {
        assertThat(reached(Regime.INDEPENDENT, 2, 0.01, Harm.errors(2), Action.PROMOTE))
                .isLessThanOrEqualTo(3);
        assertThat(reached(Regime.RETRY_STORMS, 1, 0.01, Harm.errors(3), Action.PROMOTE))
                .isLessThanOrEqualTo(3);
        assertThat(reached(Regime.SHARED_OUTAGE, 3, 0.01, Harm.more(1), Action.PROMOTE))
                .isLessThanOrEqualTo(3);
        assertThat(reached(Regime.INDEPENDENT, 3, 0.01, Harm.latency(1.1), Action.PROMOTE))
                .isLessThanOrEqualTo(3);
    }
}
