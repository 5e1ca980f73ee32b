// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.DefaultBudget;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phase is left when what going on can cost fits the budget: rows of BudgetTable, few releases each, and what is said of it. */
class BudgetPromotionTest {
    private static final double SECONDS = 15;
    private static final int BAKE = 60;
    private static final int MOST = 120;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JudgeConfig.Builder config(double objective) {
        List<MetricConfig> metrics = List.of(
                MetricConfig.builder("err", MetricKind.RATE)
                        .objective(objective)
                        .build(),
                MetricConfig.builder("lat", MetricKind.LATENCY)
                        .objective(objective)
                        .build());
        return JudgeConfig.builder(metrics, RegimeTraffic.SHARES).promotion(Promotion.BUDGET);
    }

    private static RegimeTraffic traffic(int i, double rate, Harm harm) {
        return new RegimeTraffic(31 + i, Regime.INDEPENDENT, rate, SECONDS, 0.01, harm);
    }

    /** The phase in which a release ends: 4 when it went through, negative where it was stopped. */
    private static int end(JudgeConfig c, RegimeTraffic traffic) {
        WatchState s = Watch.start(c);
        for (int p = 0; p < 4; p++) {
            boolean promoted = false;
            for (int k = 1; k <= MOST && !promoted; k++) {
                WatchStep step = Watch.look(c, s, traffic.look(p, RegimeTraffic.SHARES.get(p)));
                s = step.state();
                if (step.verdict().action() == Action.STOP) {
                    return -1;
                }
                promoted = k >= BAKE && step.verdict().action() == Action.PROMOTE;
            }
            if (!promoted) {
                return p;
            }
        }
        return 4;
    }

    @ParameterizedTest(name = "{0} requests/s")
    @CsvSource({"10, 3", "100, 4", "1000, 4"})
    void theInnocentGoOn(double rate, int atLeast) {
        for (int i = 0; i < 10; i++) {
            assertThat(end(config(Double.NaN).build(), traffic(i, rate, Harm.NONE)))
                    .isGreaterThanOrEqualTo(atLeast);
        }
    }

    @Test
    void byProofTenRequestsASecondAreHeldInTheFirstPhase() {
        JudgeConfig c = config(Double.NaN).promotion(Promotion.PROOF).build();
        for (int i = 0; i < 5; i++) {
            assertThat(end(c, traffic(i, 10, Harm.NONE))).isZero();
        }
    }

    @Test
    void whatFitsTheObjectiveForGoodNeedsNoOtherProofBeforeAllTraffic() {
        for (int i = 0; i < 10; i++) {
            assertThat(end(config(0.95).build(), traffic(i, 5, Harm.NONE))).isEqualTo(4);
        }
        // ten points more are more than the objective has room for
        for (int i = 0; i < 10; i++) {
            assertThat(atHalf(config(0.95).build(), traffic(i, 5, Harm.more(10))))
                    .isFalse();
        }
    }

    /** Whether the step from 50 % to all is ever allowed. */
    private static boolean atHalf(JudgeConfig c, RegimeTraffic traffic) {
        WatchState s = Watch.start(c);
        for (int k = 0; k < MOST; k++) {
            WatchStep step = Watch.look(c, s, traffic.look(3, 0.5));
            s = step.state();
            if (step.verdict().action() == Action.PROMOTE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Phases that end with the first look that allows it, so that nothing but the bound keeps harm from going on. With the estimate in
     * its place a fifth of the releases go to 50 % on the first look, which happened to have no error.
     */
    @Test
    void harmSeldomCostsMoreThanTheBudget() {
        double budget = 150;
        JudgeConfig c = JudgeConfig.builder(List.of(MetricConfig.of("err", MetricKind.RATE)), List.of(0.01, 0.5, 1.0))
                .promotion(Promotion.BUDGET)
                .blastRadius(budget)
                .build();
        int over = 0;
        int runs = 200;
        for (int i = 0; i < runs; i++) {
            RegimeTraffic traffic = traffic(i, 100, Harm.more(15));
            WatchState s = Watch.start(c);
            double cost = 0;
            int phase = 0;
            Action action = Action.CONTINUE;
            for (int k = 0; k < 200 && action != Action.STOP && phase < 2; k++) {
                Look all = traffic.look(phase, c.phaseShares().get(phase));
                Look look = new Look(
                        phase,
                        SECONDS,
                        all.baselineRequests(),
                        all.canaryRequests(),
                        all.metrics().subList(0, 1));
                WatchStep step = Watch.look(c, s, look);
                s = step.state();
                action = step.verdict().action();
                cost += 0.15 * all.canaryRequests();
                phase += action == Action.PROMOTE ? 1 : 0;
            }
            over += cost > budget ? 1 : 0;
        }
        assertThat(over).isLessThanOrEqualTo(runs / 20);
    }

    @Test
    void whatGoingOnCanCostIsSaidWithTheBudgetAndWhereItIsFrom() {
        assertThat(at(config(Double.NaN).blastRadius(2000).build(), 1, 100, BAKE)
                        .reason())
                .matches("going to 25 % can cost at most \\d+ extra (failed requests|requests that are too slow)"
                        + " before it would be seen \\((err|lat): the extra rate is below [0-9.]+ percentage points\\);"
                        + " the budget is 2000.*");
        LookVerdict unset = at(config(Double.NaN).build(), 1, 100, BAKE);
        assertThat(unset.reason())
                .contains("(2 % of what an objective of 99.9 % over 30 days lets fail, since none is given, at ");
        assertThat(unset.findings()).allMatch(f -> f.verdict() == Verdict.PASS);
        assertThat(unset.findings().get(0).reason()).contains("can cost at most", "; harm e = ");
        assertThat(at(
                                config(Double.NaN)
                                        .unsetBudget(DefaultBudget.of(0.99, 7 * 86_400.0))
                                        .build(),
                                1,
                                100,
                                BAKE)
                        .reason())
                .contains("(2 % of what an objective of 99 % over 7 days lets fail, at ");
        assertThat(at(config(Double.NaN).build(), 1, 1, BAKE).reason())
                .contains("the budget is 100", "(the least that is taken where blastRadius isn't set)");
    }

    @Test
    void whatIsMissingIsSaidWithHowLongItTakes() {
        LookVerdict early = at(config(Double.NaN).blastRadius(200).build(), 2, 100, 12);
        assertThat(early.action()).isEqualTo(Action.CONTINUE);
        assertThat(early.reason())
                .contains("going to 50 % could cost more than ", "; the budget is 200", "; needs ", " min");
        assertThat(early.needed().seconds()).isBetween(15.0, 3600.0);
        assertThat(at(config(Double.NaN).build(), 3, 1, BAKE).reason())
                .contains("nothing is compared at 100 %", "maxBake, an objective or an allow");
    }

    @Test
    void aLargerServiceMustProveMoreForTheSameBudget() {
        JudgeConfig c = config(Double.NaN)
                .blastRadius(120)
                .longest(Collections.nCopies(5, 600.0))
                .build();
        assertThat(at(c, 1, 10, BAKE).action()).isEqualTo(Action.PROMOTE);
        assertThat(at(c, 1, 1000, 4).action()).isEqualTo(Action.CONTINUE);
    }

    private static LookVerdict at(JudgeConfig c, int phase, double rate, int looks) {
        RegimeTraffic traffic = traffic(5, rate, Harm.NONE);
        WatchState s = Watch.start(c);
        LookVerdict verdict = null;
        for (int k = 0; k < looks; k++) {
            WatchStep step = Watch.look(c, s, traffic.look(phase, RegimeTraffic.SHARES.get(phase)));
            s = step.state();
            verdict = step.verdict();
        }
        return verdict;
    }

    @Test
    void aSpentBudgetStopsWhileHarmBuildsUp() {
        JudgeConfig c = config(Double.NaN)
                .blastRadius(Double.POSITIVE_INFINITY)
                .alpha(1e-30)
                .build();
        RegimeTraffic traffic = traffic(3, 1, Harm.more(60));
        WatchState s = Watch.start(c);
        LookVerdict verdict = null;
        for (int k = 0; k < MOST && (verdict == null || verdict.action() != Action.STOP); k++) {
            WatchStep step = Watch.look(c, s, traffic.look(3, 0.5));
            s = step.state();
            verdict = step.verdict();
        }
        assertThat(verdict.action()).isEqualTo(Action.STOP);
        assertThat(verdict.reason()).contains("extra failed requests, more than the canary's budget of 100");
    }

    /** Values have no cost in requests; where only fewer events harm neither. */
    @Test
    void whatIsntCountedInRequestsHoldsNobodyUntilAllTrafficIsAtStake() {
        List<MetricConfig> metrics = List.of(
                MetricConfig.of("heap", MetricKind.GAUGE),
                MetricConfig.builder("orders", MetricKind.RATE)
                        .worse(Worse.LOWER)
                        .build());
        JudgeConfig c = JudgeConfig.builder(metrics, List.of(0.25, 0.5, 1.0))
                .promotion(Promotion.BUDGET)
                .build();
        WatchState s = Watch.start(c);
        for (int phase = 0; phase < 2; phase++) {
            Look look = new Look(
                    phase,
                    SECONDS,
                    300,
                    100,
                    List.of(
                            MetricLook.values("heap", List.of(1.0, 2.0, 3.0), List.of(1.5, 2.5, 2.0)),
                            MetricLook.counts("orders", new Counts(30, 300), new Counts(10, 100))));
            LookVerdict verdict = null;
            for (int k = 0; k < 2; k++) {
                WatchStep step = Watch.look(c, s, look);
                s = step.state();
                verdict = step.verdict();
            }
            assertThat(verdict.action()).isEqualTo(phase == 0 ? Action.PROMOTE : Action.CONTINUE);
            assertThat(verdict.findings()).allMatch(f -> f.verdict() == Verdict.INCONCLUSIVE);
            assertThat(verdict.findings().get(0).reason().contains("isn't counted in requests"))
                    .isEqualTo(phase == 0);
        }
    }

    /** Each look then has the planned share, a hundredth here: it takes no five hundred looks to be five requests. */
    @Test
    void eventsOfWhichNobodyTellsTheRequestsAreSeenEnoughAfterAFewLooks() {
        JudgeConfig c = JudgeConfig.builder(
                        List.of(MetricConfig.of("exceptions", MetricKind.COUNT)), List.of(0.01, 0.5, 1.0))
                .promotion(Promotion.BUDGET)
                .build();
        WatchState s = Watch.start(c);
        for (int phase : new int[] {0, 2}) {
            for (int k = 1; k <= 5; k++) {
                MetricLook events = MetricLook.counts("exceptions", new Counts(4, 0), new Counts(0, 0));
                WatchStep step = Watch.look(c, s, new Look(phase, SECONDS, -1, -1, List.of(events)));
                s = step.state();
                assertThat(step.verdict().action()).isEqualTo(k == 5 ? Action.PROMOTE : Action.CONTINUE);
                assertThat(k == 5
                                || (step.verdict().reason()
                                                + step.verdict()
                                                        .findings()
                                                        .get(0)
                                                        .reason())
                                        .contains(5 - k + " more "))
                        .isTrue();
            }
        }
    }

    /** A probe in each look, by turns: as many requests as looks, and known to be so few. */
    @Test
    void asManyRequestsAsLooksAreStillRequests() {
        JudgeConfig c = JudgeConfig.builder(List.of(MetricConfig.of("exceptions", MetricKind.COUNT)), List.of(0.5, 0.6))
                .ratioTolerance(Double.MAX_VALUE)
                .promotion(Promotion.BUDGET)
                .build();
        WatchState s = Watch.start(c);
        for (int k = 1; k <= 10; k++) {
            MetricLook none = MetricLook.counts("exceptions", new Counts(0, 0), new Counts(0, 0));
            WatchStep step = Watch.look(c, s, new Look(0, SECONDS, k % 2, 1 - k % 2, List.of(none)));
            s = step.state();
            assertThat(step.verdict().action()).isEqualTo(k == 10 ? Action.PROMOTE : Action.CONTINUE);
        }
    }

    /** What a phase costs that people let wait for k times as long as it was to take: docs/judge.md, the theorem's corollary. */
    @ParameterizedTest(name = "{0} requests/s, {1} times as long")
    @CsvSource({"1, 4", "10, 4", "10, 48", "100, 8", "1000, 2"})
    void aPhaseThatIsLetWaitCostsNoMoreThanSoManyTimesTheBound(double rate, double times) {
        double longest = 900;
        JudgeConfig usual = longest(longest);
        JudgeConfig waiting = longest(times * longest);
        for (int phase = 0; phase < 3; phase++) {
            RegimeTraffic traffic = traffic(7, rate, Harm.NONE);
            WatchState s = Watch.start(usual);
            for (int k = 0; k < BAKE; k++) {
                s = Watch.look(usual, s, traffic.look(phase, RegimeTraffic.SHARES.get(phase)))
                        .state();
            }
            MetricConfig m = usual.metrics().get(0);
            double most = CostAhead.of(usual, m, s.metrics().get(m.id()), s).most();
            assertThat(most).isPositive();
            assertThat(CostAhead.of(waiting, m, s.metrics().get(m.id()), s).most())
                    .isBetween(most, times * most * (1 + 1e-9));
        }
    }

    private static JudgeConfig longest(double seconds) {
        return config(Double.NaN)
                .blastRadius(1e9)
                .longest(Collections.nCopies(RegimeTraffic.SHARES.size(), seconds))
                .build();
    }

    @Test
    void aStateIsTheSameAfterJson() throws Exception {
        JudgeConfig c = config(Double.NaN).build();
        RegimeTraffic traffic = traffic(3, 100, Harm.NONE);
        WatchState s = Watch.start(c);
        for (int k = 0; k < 10; k++) {
            s = Watch.look(c, s, traffic.look(0, 0.01)).state();
        }
        WatchState read = JSON.readValue(JSON.writeValueAsString(s), WatchState.class);
        Look next = traffic.look(0, 0.01);
        assertThat(Watch.look(c, read, next)).isEqualTo(Watch.look(c, s, next));
    }

    /** Where the bets say when they stop harm at the latest, they do, but for one release in forty. */
    @ParameterizedTest(name = "+{0} points, {1} requests/s")
    @CsvSource({"2, 100", "10, 100", "60, 5", "1, 1000"})
    void harmIsStoppedInTheTimeThatIsReckonedWith(double points, double rate) {
        double share = 0.25;
        double extra = points / 100;
        EventWatch bets = new EventWatch(Allow.NONE, Allow.NONE, 0, 0);
        double canary = rate * share * SECONDS;
        double baseline = rate * SECONDS - canary;
        TimeToStop until = new TimeToStop(
                canary,
                baseline,
                0.01,
                1,
                Math.log(Bets.HARM_OF_EVENTS / 0.05 / 0.5),
                0.025,
                (c, b) -> bets.harm(c, canary, b, baseline, PhaseSums.NONE));
        double blocks = Math.ceil(until.blocks(extra));
        assertThat(blocks).isLessThan(2000);
        JudgeConfig one = JudgeConfig.builder(
                        List.of(MetricConfig.of("err", MetricKind.RATE)), Collections.nCopies(1, share))
                .build();
        int late = 0;
        for (int i = 0; i < 200; i++) {
            RegimeTraffic traffic = traffic(i, rate, Harm.more(points));
            WatchState s = Watch.start(one);
            boolean stopped = false;
            for (int k = 0; k < blocks && !stopped; k++) {
                Look all = traffic.look(0, share);
                WatchStep step = Watch.look(
                        one,
                        s,
                        new Look(
                                0,
                                SECONDS,
                                all.baselineRequests(),
                                all.canaryRequests(),
                                all.metrics().subList(0, 1)));
                s = step.state();
                stopped = step.verdict().action() == Action.STOP;
            }
            late += stopped ? 0 : 1;
        }
        assertThat(late).isLessThanOrEqualTo(8);
    }
}
