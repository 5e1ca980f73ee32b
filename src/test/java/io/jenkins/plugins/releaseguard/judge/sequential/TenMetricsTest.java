// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Of ten metrics one nearly always has some bad luck. It must hold no innocent release for half an hour, and harm that begins late in
 * one of them must be seen all the same: rows "ten metrics" of BudgetTable, fewer releases.
 */
class TenMetricsTest {
    private static final double RATE = 100;
    private static final double SECONDS = 15;
    private static final int BAKE = 60;
    private static final int MOST = 120;
    private static final int AT_HALF = 3;
    private static final double[] ERRORS = {0.01, 0.005, 0.0033, 0.0017, 0.0011};

    private static JudgeConfig config() {
        List<MetricConfig> metrics = new ArrayList<>();
        for (int i = 0; i < ERRORS.length; i++) {
            metrics.add(MetricConfig.builder(id("err", i), MetricKind.RATE).build());
            metrics.add(MetricConfig.builder(id("lat", i), MetricKind.LATENCY)
                    .allow(Allow.percent(10))
                    .build());
        }
        double longest = MOST * SECONDS;
        return JudgeConfig.builder(metrics, RegimeTraffic.SHARES)
                .promotion(Promotion.BUDGET)
                .longest(RegimeTraffic.SHARES.stream().map(s -> longest).toList())
                .build();
    }

    private static String id(String name, int i) {
        return i == 0 ? name : name + i;
    }

    private static List<RegimeTraffic> traffic(int release, Harm first) {
        List<RegimeTraffic> all = new ArrayList<>();
        for (int i = 0; i < ERRORS.length; i++) {
            long seed = (1_000_003L + release) * 37 + i;
            all.add(new RegimeTraffic(seed, Regime.INDEPENDENT, RATE, SECONDS, ERRORS[i], i == 0 ? first : Harm.NONE));
        }
        return all;
    }

    private static Look look(List<RegimeTraffic> traffic, int phase) {
        List<MetricLook> metrics = new ArrayList<>();
        Look first = null;
        for (int i = 0; i < traffic.size(); i++) {
            Look look = traffic.get(i).look(phase, RegimeTraffic.SHARES.get(phase));
            first = first == null ? look : first;
            for (MetricLook m : look.metrics()) {
                metrics.add(
                        m.canaryCounts() == null
                                ? MetricLook.values(id(m.id(), i), m.baseline(), m.canary())
                                        .withTail(m.baselineTail(), m.canaryTail())
                                : MetricLook.counts(id(m.id(), i), m.baselineCounts(), m.canaryCounts()));
            }
        }
        return new Look(phase, SECONDS, first.baselineRequests(), first.canaryRequests(), metrics);
    }

    /**
     * The phase in which a release ends, {@code AT_HALF + 1} when it went through, negative where it was stopped.
     *
     * @param judged the first phase that ends as the judge says; those before end with their bake
     */
    private static int end(JudgeConfig c, List<RegimeTraffic> traffic, int judged) {
        WatchState s = Watch.start(c);
        for (int p = 0; p <= AT_HALF; p++) {
            boolean left = false;
            for (int k = 1; k <= MOST && !left; k++) {
                WatchStep step = Watch.look(c, s, look(traffic, p));
                s = step.state();
                if (step.verdict().action() == Action.STOP) {
                    return -1;
                }
                left = k >= BAKE && (p < judged || step.verdict().action() == Action.PROMOTE);
            }
            if (!left) {
                return p;
            }
        }
        return AT_HALF + 1;
    }

    @Test
    void theInnocentAreNotHeldByTheLuckOfOne() {
        JudgeConfig c = config();
        int held = 0;
        int stopped = 0;
        for (int i = 0; i < 100; i++) {
            int end = end(c, traffic(i, Harm.NONE), 0);
            held += end >= 0 && end <= AT_HALF ? 1 : 0;
            stopped += end < 0 ? 1 : 0;
        }
        assertThat(held).isLessThanOrEqualTo(2);
        assertThat(stopped).isLessThanOrEqualTo(5);
    }

    /** Twice the errors in the last two minutes of the bake at 50 %, and on. */
    @Test
    void whatBeginsLateInOneOfThemIsSeen() {
        JudgeConfig c = config();
        int through = 0;
        for (int i = 0; i < 20; i++) {
            double from = (AT_HALF + 1) * BAKE * SECONDS - 120;
            through += end(c, traffic(i, Harm.errors(2).from(from)), AT_HALF) > AT_HALF ? 1 : 0;
        }
        assertThat(through).isLessThanOrEqualTo(2);
    }
}
