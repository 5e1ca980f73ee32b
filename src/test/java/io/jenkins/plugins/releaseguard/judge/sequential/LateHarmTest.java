// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.testing.LookFixture;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The time to stop depends on the harm, not on how long the phase was healthy before. */
class LateHarmTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double SECONDS = 5;
    private static final int PHASE = 2;
    private static final double SHARE = 0.25;

    private static RegimeTraffic traffic(int seed, Harm harm) {
        return new RegimeTraffic(seed, Regime.INDEPENDENT, 100, SECONDS, 0.01, harm);
    }

    /** Looks after the onset until the stop, -1 for one before it. */
    private static int looksToStop(JudgeConfig c, int seed, Harm harm, double healthy) {
        RegimeTraffic traffic = traffic(seed, harm.from(healthy));
        WatchState s = Watch.start(c);
        int before = (int) (healthy / SECONDS);
        for (int i = 1; i <= before + 200; i++) {
            WatchStep step = Watch.look(c, s, traffic.look(PHASE, SHARE));
            s = step.state();
            if (step.verdict().action() == Action.STOP) {
                return i <= before ? -1 : i - before;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void anHourOfHealthBlindsNobody() {
        JudgeConfig points = RegimeTraffic.config(Allow.absolute(0.01), Allow.percent(10));
        JudgeConfig usual = RegimeTraffic.config(Regime.INDEPENDENT);
        int before = 0;
        for (int seed = 21; seed <= 23; seed++) {
            int[] looks = {
                looksToStop(points, seed, Harm.more(5), 3600),
                looksToStop(usual, seed, Harm.errors(5), 3600),
                looksToStop(usual, seed, Harm.latency(1.5), 3600)
            };
            for (int n : looks) {
                assertThat(n).isLessThanOrEqualTo(48);
                before += n < 0 ? 1 : 0;
            }
        }
        assertThat(before)
                .as("stopped before the harm began, one of 20 allowed")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void promoteIsNotSaidWhileHarmBuildsUp() {
        JudgeConfig c = RegimeTraffic.config(Regime.INDEPENDENT);
        int passed = 0;
        for (int seed = 1; seed <= 6; seed++) {
            RegimeTraffic traffic = traffic(seed, Harm.latency(1.5).from(840));
            WatchState s = Watch.start(c);
            for (int i = 1; i <= 400; i++) {
                WatchStep step = Watch.look(c, s, traffic.look(PHASE, SHARE));
                s = step.state();
                passed += i == 168 && step.verdict().action() == Action.PROMOTE ? 1 : 0;
                if (i > 168 + 12) {
                    assertThat(step.verdict().action()).isNotEqualTo(Action.PROMOTE);
                }
                if (step.verdict().action() == Action.STOP) {
                    assertThat(i).isGreaterThan(168);
                    break;
                }
            }
        }
        assertThat(passed).as("promoted just before the harm began").isGreaterThanOrEqualTo(4);
    }

    /** A fifth slower in the last ten minutes of a bake at 1 %, in looks of five seconds: enough to hold nearly always. */
    @Test
    void littleHarmThatBuildsUpInShortLooksIsSeen() {
        JudgeConfig usual = RegimeTraffic.config(Regime.INDEPENDENT);
        JudgeConfig c = JudgeConfig.builder(usual.metrics(), usual.phaseShares())
                .promotion(Promotion.BUDGET)
                .build();
        int passed = 0;
        for (int seed = 1; seed <= 60; seed++) {
            RegimeTraffic traffic = traffic(seed, Harm.latency(1.2).from(300));
            WatchState s = Watch.start(c);
            Action action = Action.CONTINUE;
            for (int i = 1; i <= 900 / SECONDS; i++) {
                WatchStep step = Watch.look(c, s, traffic.look(0, 0.01));
                s = step.state();
                action = action == Action.STOP ? action : step.verdict().action();
            }
            passed += action == Action.PROMOTE ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(5);
    }

    @Test
    void whatBuildsUpIsSaid() {
        JudgeConfig c = JudgeConfig.of(0.05, List.of(MetricConfig.of("e", MetricKind.RATE)), List.of(0.25, 0.5));
        SplittableRandom r = new SplittableRandom(1);
        WatchState s = Watch.start(c);
        String reason = "";
        boolean proven = false;
        for (int i = 0; i < 300 && !reason.contains("builds up"); i++) {
            Look l = LookFixture.look(r, 0, 0.25, i < 200 ? 1 : 4, 1);
            WatchStep step = Watch.look(
                    c,
                    s,
                    new Look(
                            0,
                            30,
                            l.baselineRequests(),
                            l.canaryRequests(),
                            l.metrics().subList(0, 1)));
            s = step.state();
            proven |= i < 200 && step.verdict().action() == Action.PROMOTE;
            reason = step.verdict().findings().get(0).reason();
            assertThat(reason.contains("builds up")
                            && step.verdict().findings().get(0).verdict() == Verdict.PASS)
                    .isFalse();
        }
        assertThat(proven).isTrue();
        assertThat(reason).contains("harm builds up: e = ", "since its last low, at least 4");
    }

    @Test
    void tenMetricsAfterAMillionLooksFitInEightKilobytes() throws Exception {
        JudgeConfig c = JudgeConfig.builder(SimulatedRelease.metrics(), List.of(0.25, 0.5))
                .block(90)
                .build();
        SimulatedRelease release = new SimulatedRelease(3, 0.01);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 200; i++) {
            s = Watch.look(c, s, release.look(0, 0.25, SimulatedRelease.Harm.NONE))
                    .state();
        }
        Map<String, MetricState> grown = new LinkedHashMap<>();
        s.metrics().forEach((id, m) -> grown.put(id, afterAMillion(m)));
        String text = JSON.writeValueAsString(new WatchState(
                s.phase(),
                s.started(),
                1_000_000,
                5_000_000.1,
                1.1e9 / 3,
                3.1e9 / 3,
                s.ratio(),
                grown,
                s.fading(),
                0.1));
        assertThat(grown.values()).anySatisfy(m -> assertThat(m.main().waits()).isNotNull());
        assertThat(text).contains("fading");
        assertThat(text.length()).isLessThan(8192);
    }

    /** The same, its sums as long as those of a million looks: nothing else grows. */
    private static MetricState afterAMillion(MetricState m) {
        return new MetricState(
                afterAMillion(m.main()),
                m.spread() == null ? null : afterAMillion(m.spread()),
                m.tail() == null ? null : afterAMillion(m.tail()),
                1_000_000,
                null,
                m.extra() * 5000 / 3,
                m.highest(),
                m.outage(),
                m.buckets(),
                m.byPlan());
    }

    private static EProcess afterAMillion(EProcess p) {
        double k = 5000 / 3.0;
        PhaseSums s = p.sums();
        Overdispersion o = s.clusters();
        return new EProcess(
                p.up(),
                p.down(),
                p.ladder(),
                p.rates(),
                1_000_000,
                new PhaseSums(
                        s.canary() * k,
                        s.canaryExposure() * k,
                        s.baseline() * k,
                        s.baselineExposure() * k,
                        s.num() * k,
                        s.den() * k,
                        s.z() * k,
                        s.zVariance() * k,
                        o.equals(Overdispersion.NONE)
                                ? o
                                : new Overdispersion(
                                        o.split() * k,
                                        o.splits() * k,
                                        o.steps() * k,
                                        o.pairs() * k,
                                        o.last(),
                                        o.lastExposure())),
                p.waits());
    }

    @Test
    void whatAnEarlierVersionWroteGoesOn() throws Exception {
        JudgeConfig c = JudgeConfig.of(
                0.05,
                List.of(
                        MetricConfig.builder("e", MetricKind.RATE)
                                .worse(Worse.EITHER)
                                .build(),
                        MetricConfig.builder("l", MetricKind.LATENCY)
                                .unit("ms")
                                .allow(Allow.percent(10))
                                .build()),
                List.of(0.01, 0.05, 0.25, 0.5, 1.0));
        WatchState s;
        try (InputStream in = getClass().getResourceAsStream("state-with-a-unit-a-phase.json")) {
            s = JSON.readValue(in, WatchState.class);
        }
        assertThat(s.looks()).isEqualTo(20);
        EProcess before = s.metrics().get("e").main();
        double was = (before.up().harm().mean() + before.down().harm().mean()) / 2 / 4 + 2 / 4.0;
        double is = before.ofEarlierVersion(Bets.HARM_OF_EVENTS, 4, 2).e();
        assertThat(is).isCloseTo(was, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(before.sums().baselineExposure()).isEqualTo(57000);
        assertThat(before.sums().clusters().pairs()).isPositive();
        SplittableRandom r = new SplittableRandom(5);
        Action action = Action.CONTINUE;
        for (int i = 0; i < 60 && action != Action.STOP; i++) {
            WatchStep step = Watch.look(c, s, LookFixture.look(r, 1, 0.05, 6, 1));
            String text = JSON.writeValueAsString(step.state());
            s = JSON.readValue(text, WatchState.class);
            assertThat(s).isEqualTo(step.state());
            action = step.verdict().action();
        }
        assertThat(action).isEqualTo(Action.STOP);
    }
}
