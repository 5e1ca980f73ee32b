// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.testing.SeriesFixture;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    private static double[] sorted(double... v) {
        Arrays.sort(v);
        return v;
    }

    private static Offset<Double> relative(double expected, double fraction) {
        return within(Math.abs(expected) * fraction);
    }

    @Test
    void tableOfMannAndWhitney1947() {
        // Table I: probability of obtaining a U not larger than that tabulated, m = n
        check(3, new double[] {.05, .10, .20, .35, .50});
        check(4, new double[] {.014, .029, .057, .100, .171, .243, .343, .443});
        check(5, new double[] {.004, .008, .016, .028, .048, .075, .111, .155, .210, .274, .345, .421, .500});
    }

    private static void check(int n, double[] table) {
        int[] groups = new int[2 * n];
        Arrays.fill(groups, 1);
        double[] ways = RankDistribution.doubled(n, groups);
        double all = Arrays.stream(ways).sum();
        double sum = 0;
        for (int u = 0; u < table.length; u++) {
            sum += ways[2 * u];
            assertThat(sum / all).as("m = n = %d, U = %d", n, u).isCloseTo(table[u], within(0.00051));
        }
    }

    @Test
    void exampleOfScipysDocumentation() {
        double[] males = sorted(19, 22, 16, 29, 24);
        double[] females = sorted(20, 11, 17, 12);
        MannWhitney t = MannWhitney.of(males, females);
        assertThat(t.u()).isEqualTo(17);
        assertThat(t.exact()).isTrue();
        assertThat(t.twoSided()).isCloseTo(0.1111111111111111, relative(0.1111, 1e-9));
    }

    @Test
    void exampleOfRsWilcoxTest() {
        // Hollander and Wolfe (1973), 69f: W = 35, p = 0.1272
        double[] x = sorted(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);
        double[] y = sorted(1.15, 0.88, 0.90, 0.74, 1.21);
        MannWhitney t = MannWhitney.of(x, y);
        assertThat(t.u()).isEqualTo(35);
        assertThat(t.greater()).isCloseTo(0.1272061272061272, relative(0.1272, 1e-9));
    }

    /** R's example(wilcox.test): airquality, ozone of May and August. */
    private static final double[] MAY =
            sorted(41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37);

    private static final double[] AUGUST = sorted(
            39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85);

    @Test
    void ozoneOfRsWilcoxTest() {
        // R prints W = 127.5, p-value = 0.0001208, by the normal approximation with ties
        double u = Ranks.u(MAY, AUGUST, 1, 0);
        assertThat(u).isEqualTo(127.5);
        double sigma = MannWhitney.sigma(26, 26, Ties.sum(MAY, AUGUST));
        double z = (26 * 26 / 2.0 - u - 0.5) / sigma;
        double p = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
        assertThat(p).isCloseTo(0.0001208, within(5e-8));
        assertThat(p).isCloseTo(0.00012080783076877434, relative(p, 1e-10)); // SciPy, method='asymptotic'
        // where R approximates we are exact
        assertThat(MannWhitney.of(MAY, AUGUST).twoSided()).isCloseTo(p, relative(p, 0.5));
    }

    @Test
    void asymptoticWithManyTiesEqualsScipy() {
        MannWhitney t = MannWhitney.of(twice(MAY), twice(AUGUST));
        assertThat(t.exact()).isFalse();
        assertThat(t.u()).isEqualTo(510);
        assertThat(t.twoSided()).isCloseTo(4.418310861358247e-08, relative(4.418310861358247e-08, 1e-10));
    }

    private static double[] twice(double[] v) {
        return DoubleStream.concat(Arrays.stream(v), Arrays.stream(v)).sorted().toArray();
    }

    @Test
    void exactWithTiesEqualsScipysPermutationTest() {
        MannWhitney t = MannWhitney.of(sorted(1, 2, 2, 3, 3, 3, 4, 7), sorted(2, 3, 3, 4, 4, 5, 6, 6, 8));
        assertThat(t.u()).isEqualTo(19);
        assertThat(t.less()).isCloseTo(0.04862196626902509, relative(0.0486, 1e-9));
        assertThat(t.greater()).isCloseTo(0.955820649938297, relative(0.9558, 1e-9));
        assertThat(t.twoSided()).isCloseTo(0.09724393253805018, relative(0.0972, 1e-9));
    }

    @Test
    void exactOfMiddlingSizeEqualsScipy() {
        double[] x = IntStream.range(0, 20)
                .mapToDouble(i -> (long) i * 7919 % 1000 / 10.0)
                .toArray();
        double[] y = IntStream.range(0, 25)
                .mapToDouble(i -> (long) i * 104729 % 1100 / 10.0 + 5)
                .toArray();
        MannWhitney t = MannWhitney.of(sorted(x), sorted(y));
        assertThat(t.u()).isEqualTo(222);
        assertThat(t.less()).isCloseTo(0.266801957032862, relative(0.2668, 1e-9));
    }

    @Test
    void asymptoticEqualsScipy() {
        MannWhitney t = MannWhitney.of(SeriesFixture.LONG_X, SeriesFixture.LONG_Y);
        assertThat(t.exact()).isFalse();
        assertThat(t.u()).isEqualTo(1723.5);
        assertThat(t.twoSided()).isCloseTo(0.07909155504448681, relative(0.079, 1e-10));
        assertThat(t.less()).isCloseTo(0.039545777522243405, relative(0.0395, 1e-10));
        assertThat(t.greater()).isCloseTo(0.9608513168851743, relative(0.96, 1e-10));
    }

    @Property(tries = 100)
    void equalsCommonsStatistics(
            @ForAll Random r, @ForAll @IntRange(min = 1, max = 25) int m, @ForAll @IntRange(min = 1, max = 25) int n) {
        double[] x = r.doubles(m).sorted().toArray();
        double[] y = r.doubles(n).map(v -> v + 0.1).sorted().toArray();
        for (AlternativeHypothesis side : AlternativeHypothesis.values()) {
            double theirs = MannWhitneyUTest.withDefaults()
                    .with(side)
                    .with(PValueMethod.EXACT)
                    .test(x, y)
                    .getPValue();
            MannWhitney t = MannWhitney.of(x, y);
            double ours = side == AlternativeHypothesis.TWO_SIDED
                    ? t.twoSided()
                    : side == AlternativeHypothesis.GREATER_THAN ? t.greater() : t.less();
            assertThat(ours).isCloseTo(theirs, relative(theirs, 1e-9));
        }
    }

    @Property(tries = 50)
    void asymptoticWithTiesEqualsCommonsStatistics(@ForAll Random r, @ForAll @IntRange(min = 2, max = 30) int values) {
        double[] x = sorted(r.ints(80, 0, values).asDoubleStream().toArray());
        double[] y = sorted(r.ints(70, 0, values).asDoubleStream().toArray());
        double theirs = MannWhitneyUTest.withDefaults()
                .with(PValueMethod.ASYMPTOTIC)
                .test(x, y)
                .getPValue();
        assertThat(MannWhitney.of(x, y).twoSided()).isCloseTo(theirs, relative(theirs, 1e-10));
    }

    @Property(tries = 100)
    void sidesSwap(@ForAll Random r, @ForAll @IntRange(min = 1, max = 70) int m) {
        double[] x = sorted(r.ints(m, 0, 20).asDoubleStream().toArray());
        double[] y = sorted(r.ints(30, 0, 20).asDoubleStream().toArray());
        MannWhitney a = MannWhitney.of(x, y);
        MannWhitney b = MannWhitney.of(y, x);
        assertThat(a.greater()).isCloseTo(b.less(), relative(b.less(), 1e-9));
        assertThat(a.u() + b.u()).isEqualTo((double) m * 30);
    }

    @Test
    void aSmallSideBesideALargeOneIsExact() {
        double[] few = {101, 102, 103};
        double[] many = IntStream.range(0, 60).asDoubleStream().toArray();
        MannWhitney t = MannWhitney.of(few, many);
        assertThat(t.exact()).isTrue();
        // all three above: one of C(63, 3) ways; the normal formula says 1.9e-3
        assertThat(t.greater()).isCloseTo(1 / 39711.0, relative(1 / 39711.0, 1e-9));
        assertThat(MannWhitney.of(many, few).less()).isCloseTo(t.greater(), relative(t.greater(), 1e-9));
        assertThat(MannWhitney.isExact(10, 900)).isTrue();
        assertThat(MannWhitney.isExact(50, 50)).isFalse();
        assertThat(MannWhitney.isExact(3, 1_000_000)).isFalse();
    }

    @Property(tries = 20)
    void aSmallSideEqualsCommonsStatistics(
            @ForAll Random r, @ForAll @IntRange(min = 1, max = 6) int m, @ForAll @IntRange(min = 50, max = 120) int n) {
        double[] x = r.doubles(m).map(v -> v + 0.2).sorted().toArray();
        double[] y = r.doubles(n).sorted().toArray();
        double theirs = MannWhitneyUTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .with(PValueMethod.EXACT)
                .test(x, y)
                .getPValue();
        assertThat(MannWhitney.of(x, y).greater()).isCloseTo(theirs, relative(theirs, 1e-9));
    }

    @Test
    void oneConstantIsNoDifference() {
        assertThat(MannWhitney.of(new double[60], new double[60]).twoSided()).isEqualTo(1);
        assertThat(MannWhitney.of(new double[6], new double[6]).twoSided()).isEqualTo(1);
    }
}
