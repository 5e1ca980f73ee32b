// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Judgement;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.testing.SeriesFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.OneWayAnova;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    private static final Comparison JUDGE = new Comparison(0.05, 95, 75);
    private static final MetricConfig LATENCY = MetricConfig.builder("m", MetricKind.LATENCY)
            .allow(Allow.absolute(0))
            .build();
    private static final MetricConfig GAUGE = MetricConfig.of("m", MetricKind.GAUGE);
    private static final MetricConfig RATE = MetricConfig.of("m", MetricKind.RATE);
    private static final MetricConfig COUNT = MetricConfig.of("m", MetricKind.COUNT);

    private static MetricFinding judge(MetricConfig m, MetricLook look) {
        return JUDGE.judge(List.of(m), List.of(look), Map.of()).findings().get(0);
    }

    private static MetricFinding values(MetricConfig m, double[] baseline, double[] canary) {
        return judge(m, MetricLook.values("m", SampleValues.of(baseline), SampleValues.of(canary)));
    }

    private static MetricFinding counts(MetricConfig m, double b, double nb, double c, double nc) {
        return judge(m, MetricLook.counts("m", new Counts(b, nb), new Counts(c, nc)));
    }

    private static double[] lognormal(int seed, int n, double median, double sigma) {
        Random r = new Random(seed);
        return IntStream.range(0, n)
                .mapToDouble(i -> median * Math.exp(sigma * r.nextGaussian()))
                .toArray();
    }

    private static double[] times(double[] v, double k) {
        return Arrays.stream(v).map(x -> x * k).toArray();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {1, 1e-6, 1e6})
    void scaleDoesNotChangeAVerdict(double scale) {
        double[] b = lognormal(1, 60, 100, 0.2);
        assertThat(values(LATENCY, times(b, scale), times(lognormal(2, 60, 130, 0.2), scale))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(values(LATENCY, times(b, scale), times(lognormal(3, 60, 100, 0.2), scale))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        MetricConfig ten = LATENCY.toBuilder().allow(Allow.percent(10)).build();
        assertThat(values(ten, times(b, scale), times(times(b, 1.04), scale)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void rsPoissonTestOfTwoRates() {
        // R's example(poisson.test): p-value = 0.07967, 95 percent interval 0.8584264 4.2772659, rate ratio 1.971488
        MetricConfig either = COUNT.toBuilder().worse(Worse.EITHER).build();
        MetricFinding f = counts(either, 21, 3011, 11, 800);
        assertThat(f.p()).isCloseTo(0.0796686330333295, within(1e-9 * 0.0797)); // SciPy, binomtest
        assertThat(f.effect() + 1).isCloseTo(1.971488, within(5e-7));
        assertThat(f.interval().lower() + 1).isCloseTo(0.8584264, within(5e-8));
        assertThat(f.interval().upper() + 1).isCloseTo(4.2772659, within(5e-8));
    }

    @Test
    void aMarginPartsDifferentFromWorse() {
        double[] b =
                IntStream.range(0, 60).mapToDouble(i -> 100 + i % 10 * 0.01).toArray();
        double[] c = Arrays.stream(b).map(v -> v + 0.5).toArray();
        assertThat(values(LATENCY, b, c).verdict()).isEqualTo(Verdict.FAIL);
        MetricFinding f = values(LATENCY.toBuilder().allow(Allow.percent(5)).build(), b, c);
        assertThat(f.verdict()).isEqualTo(Verdict.PASS);
        assertThat(f.effect()).isCloseTo(0.005, within(1e-3));
    }

    @Test
    void anImprovementPasses() {
        assertThat(values(LATENCY, lognormal(1, 60, 100, 0.3), lognormal(2, 60, 60, 0.3))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(counts(RATE, 500, 10000, 100, 10000).verdict()).isEqualTo(Verdict.PASS);
    }

    /** The cases of Kayenta's users that should have failed. */
    @Test
    void sparseErrorsBesideAnAllZeroBaselineFail() { // kayenta 426, 377, 333, spinnaker 5622
        double[] none = new double[60];
        double[] some = new double[60];
        for (int i = 0; i < 60; i += 7) {
            some[i] = 3;
        }
        MetricFinding f = values(GAUGE, none, some);
        assertThat(f.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(counts(RATE, 0, 10000, 9, 1000).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aSpreadAloneFails() { // kayenta 780
        MetricFinding f = values(GAUGE, spread(1, 80, 1), spread(2, 80, 4));
        assertThat(f.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(f.test()).isEqualTo("Brown-Forsythe");
    }

    private static double[] spread(int seed, int n, double sigma) {
        Random r = new Random(seed);
        return IntStream.range(0, n)
                .mapToDouble(i -> 100 + sigma * r.nextGaussian())
                .toArray();
    }

    @Test
    void sevenOfTenPointsAHundredTimesHigherFail() { // spinnaker 6278
        double[] b = lognormal(5, 10, 10, 0.1);
        double[] c = lognormal(6, 10, 10, 0.1);
        for (int i = 0; i < 7; i++) {
            c[i] *= 100;
        }
        assertThat(values(LATENCY, b, c).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void tailCountsFailWhereTheMedianDoesNot() {
        double[] b = lognormal(1, 60, 100, 0.2);
        MetricLook look = MetricLook.values("m", SampleValues.of(b), SampleValues.of(lognormal(3, 60, 100, 0.2)))
                .withTail(new Counts(100, 10000), new Counts(60, 1000));
        assertThat(judge(LATENCY, look).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judge(LATENCY, look).test()).isEqualTo("tail counts");
    }

    @Test
    void brownForsytheIsAnovaOfTheDistances() {
        // SciPy: levene(x, y, center='median')
        List<double[]> d = List.of(Ranks.deviations(SeriesFixture.LONG_X), Ranks.deviations(SeriesFixture.LONG_Y));
        OneWayAnova.Result r = OneWayAnova.withDefaults().test(d);
        assertThat(r.getStatistic()).isCloseTo(1.2727192295449516, within(1e-10));
        assertThat(r.getPValue()).isCloseTo(0.26136730747194387, within(1e-10));
    }

    @Test
    void tooLittleIsInconclusiveAndSaysHowMuchIsMissing() {
        MetricFinding two = values(LATENCY, new double[] {1, 2}, new double[] {9, 10});
        assertThat(two.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(two.reason()).contains("more values");
        MetricFinding few = counts(RATE, 20, 950, 1, 50);
        assertThat(few.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(few.reason()).contains("more canary requests");
    }

    @Test
    void badInputGetsAReasonThatNamesTheField() {
        double[] good = lognormal(1, 20, 100, 0.2);
        double nan = Double.NaN;
        assertThat(values(LATENCY, good, new double[0]))
                .extracting(MetricFinding::verdict, MetricFinding::reason)
                .containsExactly(Verdict.NODATA, "m: canary has no values");
        assertThat(values(LATENCY, new double[] {nan, nan}, good).reason()).contains("baseline has no values");
        double[] gaps = good.clone();
        gaps[3] = nan;
        gaps[4] = Double.POSITIVE_INFINITY;
        assertThat(values(LATENCY, good, gaps).reason()).contains("2 values that are no finite number left out");
        assertThat(counts(RATE, 5, 100, -3, 100).reason())
                .contains("canary.errors is negative (-3): did the counter reset?");
        assertThat(counts(RATE, 500, 100, 3, 100).reason())
                .contains("baseline.errors (500) exceeds baseline.total (100)");
        assertThat(counts(RATE, 5, 100, nan, 100).reason()).contains("canary.errors is not a finite number");
        assertThat(counts(RATE, 5, Double.POSITIVE_INFINITY, 1, 100).reason())
                .contains("baseline.total is not a finite");
        assertThat(counts(RATE, 0, 0, 0, 0).verdict()).isEqualTo(Verdict.NODATA);
        assertThat(counts(COUNT, 3, nan, 5, nan).reason()).contains("no share is given");
    }

    @Test
    void aCountMayExceedItsTotal() {
        MetricFinding f = JUDGE.judge(
                        List.of(COUNT),
                        List.of(MetricLook.counts("m", new Counts(300, Double.NaN), new Counts(60, Double.NaN))),
                        Map.of("m", 0.05))
                .findings()
                .get(0);
        assertThat(f.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void constantSidesAndSingleSamplesHaveAVerdict() {
        double[] constant = new double[20];
        Arrays.fill(constant, 7);
        assertThat(values(GAUGE, constant, constant).verdict()).isEqualTo(Verdict.PASS);
        assertThat(values(GAUGE, constant, times(constant, 2)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(values(GAUGE, new double[20], new double[20]).verdict()).isEqualTo(Verdict.PASS);
        assertThat(values(GAUGE, new double[] {1}, new double[] {2}).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMillionSamplesHaveAVerdict() {
        double[] b = lognormal(1, 1_000_000, 100, 0.5);
        MetricFinding f =
                values(LATENCY.toBuilder().allow(Allow.percent(1)).build(), b, lognormal(2, 1_000_000, 105, 0.5));
        assertThat(f.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(f.effect()).isCloseTo(0.05, within(0.01));
    }

    @Test
    void aRouterThatLiesIsNotTheCanarysFault() {
        MetricFinding f = JUDGE.judge(
                        List.of(RATE),
                        List.of(MetricLook.counts("m", new Counts(93, 9300), new Counts(30, 700))),
                        Map.of("m", 0.05))
                .findings()
                .get(0);
        assertThat(f.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(f.reason()).contains("sample-ratio mismatch", "7 %", "5 %");
    }

    @Test
    void theStatisticIsOfTheTestWhosePIsTold() {
        double[] b = {10, 11, 12, 13, 14, 15};
        double[] c = {8.5, 9.5, 10.5, 11.5, 12.5};
        MetricConfig lower =
                GAUGE.toBuilder().worse(Worse.LOWER).allow(Allow.absolute(1)).build();
        MannWhitney moved = MannWhitney.of(c, b, 1, -1);

        MetricFinding f = values(lower, b, c);

        assertThat(f.p()).isEqualTo(moved.less());
        assertThat(f.statistic()).isEqualTo(moved.u());
    }

    @Test
    void mutedMetricsAreShownAndNotCounted() {
        Judgement j = JUDGE.judge(
                List.of(RATE.toBuilder().muted(true).build()),
                List.of(MetricLook.counts("m", new Counts(1, 1000), new Counts(100, 1000))),
                Map.of());
        assertThat(j.findings().get(0).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(j.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void falseAlarmsKeepToAlpha() {
        int alarms = 0;
        for (int i = 0; i < 400; i++) {
            double[] b = lognormal(2 * i, 40, 100, 0.5);
            double[] c = lognormal(2 * i + 1, 30, 100, 0.5);
            alarms += values(LATENCY, b, c).verdict() == Verdict.FAIL ? 1 : 0;
        }
        // alpha for the location, a fifth of it for the spread: 6 % and four standard errors
        assertThat(alarms).isLessThan(44).isPositive();
    }
}
