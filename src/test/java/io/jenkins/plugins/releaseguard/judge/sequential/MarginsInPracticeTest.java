// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.testing.SeededDraws;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Margins where the baseline moves, has no event at all, or nobody has named one. */
class MarginsInPracticeTest {
    private static final Allow POINT = Allow.absolute(0.01);

    private static JudgeConfig one(MetricConfig m, double share) {
        return JudgeConfig.of(0.05, List.of(m), List.of(share, 0.5));
    }

    private static Look look(double b, double nb, double c, double nc) {
        return new Look(0, 5, nb, nc, List.of(MetricLook.counts("e", new Counts(b, nb), new Counts(c, nc))));
    }

    @Test
    void anOutageThatBothShareIsNoHarm() {
        JudgeConfig c =
                one(MetricConfig.builder("e", MetricKind.RATE).allow(POINT).build(), 0.25);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 200; i++) {
            boolean outage = i >= 180;
            WatchStep step = Watch.look(c, s, outage ? look(112, 375, 38, 125) : look(4, 375, 1, 125));
            s = step.state();
            assertThat(step.verdict().action()).isNotEqualTo(Action.STOP);
            assertThat(step.verdict().e()).isLessThan(1);
        }
    }

    /** E 1/(b + 1) is below 1/E b: whatever the rate of a look is, the bet on the canary is fair. */
    @Test
    void theLooksOwnBaselineMakesTheAbsoluteBetFairAtAnyRate() {
        EventWatch watch = new EventWatch(POINT, POINT, 0, 0);
        SeededDraws draw = new SeededDraws(3);
        for (double rate : new double[] {0.02, 0.1, 0.5}) {
            EProcess quiet = EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, false)
                    .phase(true);
            for (int i = 0; i < 100; i++) {
                quiet = watch.look(quiet, 0, 100, 0, 300);
            }
            double before = quiet.up().harm().mean() + quiet.up().reserve();
            double mean = 0;
            int runs = 20_000;
            for (int i = 0; i < runs; i++) {
                EProcess next = watch.look(quiet, draw.binomial(100, rate), 100, draw.binomial(300, rate), 300);
                mean += (next.up().harm().mean() + next.up().reserve()) / runs;
            }
            assertThat(mean).isLessThan(before * 1.0005);
        }
    }

    /** Both sides at one level that jumps from look to look, the canary worse by the margin: the proof has mean one. */
    @Test
    void aProofOfAnExtraRateIsFairWhereTheLevelJumps() {
        EventWatch watch = new EventWatch(POINT, POINT, 0, 0);
        SeededDraws draw = new SeededDraws(7);
        EProcess s = EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, false)
                .phase(true);
        for (int i = 0; i < 50; i++) {
            s = watch.look(s, 20, 250, 20, 250);
        }
        double mean = 0;
        int runs = 40_000;
        double before = s.proven();
        for (int i = 0; i < runs; i++) {
            double level = draw.chance(0.5) ? 0.002 : 0.08;
            EProcess next = watch.look(s, draw.poisson(250 * (level + 0.01)), 250, draw.poisson(250 * level), 250);
            mean += next.proven() / before / runs;
        }
        assertThat(mean).isLessThan(1.003);
    }

    @Test
    void whereNeitherSideHasAnErrorTheExtraRateAloneIsProven() {
        JudgeConfig c = one(MetricConfig.of("e", MetricKind.RATE), 0.01);
        WatchState s = Watch.start(c);
        int looks = 0;
        Action action = Action.CONTINUE;
        while (action != Action.PROMOTE && looks < 1000) {
            WatchStep step =
                    Watch.look(c, s, new Look(0, 5, 495, 5, look(0, 495, 0, 5).metrics()));
            s = step.state();
            action = step.verdict().action();
            looks++;
        }
        assertThat(looks).isBetween(120, 360); // between ten minutes, the bound, and half an hour
    }

    @Test
    void newErrorsAndOutagesAreSeenSoonAtOnePercent() {
        JudgeConfig c = one(MetricConfig.of("e", MetricKind.RATE), 0.01);
        assertThat(looksToStop(c, look(5, 495, 5, 5))).isLessThanOrEqualTo(4);
        assertThat(looksToStop(c, look(0, 495, 5, 5))).isLessThanOrEqualTo(4);
        assertThat(looksToStop(c, look(0, 495, 1, 5))).isLessThanOrEqualTo(18);
    }

    private static int looksToStop(JudgeConfig c, Look look) {
        WatchState s = Watch.start(c);
        for (int i = 1; i < 100; i++) {
            WatchStep step = Watch.look(c, s, look);
            s = step.state();
            if (step.verdict().action() == Action.STOP) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void aMillionthOfAnEventIsNoEvidence() {
        JudgeConfig c = one(MetricConfig.of("e", MetricKind.RATE), 0.05);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 1000; i++) {
            WatchStep step = Watch.look(c, s, look(1e-7, 475, 3e-7, 25));
            s = step.state();
            assertThat(step.verdict().e()).isLessThan(1.1);
        }
    }

    @Test
    void latencyWithoutAnAllowanceHasTenPercentAndWhatIsExcludedStays() {
        MetricConfig silent = MetricConfig.of("l", MetricKind.LATENCY);
        assertThat(silent.allow()).isEqualTo(Allow.percent(10));
        assertThat(silent.promotionMargin(2)).isEqualTo(Allow.percent(50));
        assertThat(silent.toBuilder().build()).isEqualTo(silent);
        MetricConfig named = MetricConfig.builder("l", MetricKind.LATENCY)
                .allow(Allow.percent(20))
                .build();
        assertThat(named.promotionMargin(2)).isEqualTo(Allow.percent(40));
        MetricConfig nothing = MetricConfig.builder("l", MetricKind.LATENCY)
                .allow(Allow.absolute(0))
                .build();
        assertThat(nothing.allow().isZero()).isTrue();
        assertThat(MetricConfig.of("g", MetricKind.GAUGE).allow().isZero()).isTrue();
        assertThat(MetricConfig.of("e", MetricKind.RATE).allow().isZero()).isTrue();
    }

    @Test
    void noSentenceExcludesLessThanItFound() {
        MetricConfig rate = MetricConfig.of("e", MetricKind.RATE);
        // one error in a million: the extra rate that nobody cares about is the larger margin, and is what is named
        assertThat(PhaseMargin.of(rate, 2, 1e-6)).isEqualTo(Allow.absolute(0.004));
        assertThat(PhaseMargin.of(rate, 2, 0.01)).isEqualTo(Allow.percent(100));
        MetricConfig latency = MetricConfig.builder("l", MetricKind.LATENCY)
                .allow(Allow.percent(10))
                .build();
        PhaseSums sums = new PhaseSums(1230, 10, 1000, 10, 0.23, 1, 0, 1, Overdispersion.NONE);
        assertThat(PhaseMargin.isReached(latency, 2, 0.23, sums)).isTrue();
        assertThat(PhaseMargin.isReached(latency, 2, 0.17, sums)).isFalse();
        assertThat(PhaseMargin.isReached(latency, 2, Double.NaN, sums)).isFalse();

        JudgeConfig c = one(rate, 0.5);
        WatchState s = Watch.start(c);
        LookVerdict v = null;
        for (int i = 0; i < 400 && (v == null || v.findings().get(0).verdict() != Verdict.PASS); i++) {
            WatchStep step = Watch.look(c, s, look(i % 100 == 0 ? 1 : 0, 250, i % 100 == 50 ? 1 : 0, 250));
            s = step.state();
            v = step.verdict();
        }
        assertThat(v.findings().get(0).reason()).contains("harm of +1 percentage points is excluded");
    }

    @Test
    void aLookCountsAsSoManyTermsAsItCouldHaveBeen() {
        Overdispersion often = Overdispersion.NONE;
        for (int i = 0; i < 60; i++) {
            often = often.look(1, 125, 4, 375);
        }
        Overdispersion seldom = Overdispersion.NONE;
        for (int i = 0; i < 10; i++) {
            seldom = seldom.look(6, 750, 24, 2250);
        }
        assertThat(seldom.splits()).isCloseTo(often.splits(), within(1e-9));
        assertThat(seldom.size()).isCloseTo(often.size(), within(0.2));
        assertThat(Overdispersion.NONE.look(0, 10, 3e-7, 10).splits()).isLessThan(1e-6);
    }
}
