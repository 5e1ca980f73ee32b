// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.testing.SeriesFixture;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShiftTest {
    private static double[] differences(double[] x, double[] y) {
        double[] d = new double[x.length * y.length];
        int n = 0;
        for (double a : x) {
            for (double b : y) {
                d[n++] = a - b;
            }
        }
        Arrays.sort(d);
        return d;
    }

    @Property(tries = 200)
    void everyRankIsTheSortedDifference(
            @ForAll Random r,
            @ForAll @IntRange(min = 1, max = 40) int m,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll boolean heavy) {
        double[] x = r.doubles(m)
                .map(v -> heavy ? 1 / (v * v * v) : Math.rint(v * 9))
                .sorted()
                .toArray();
        double[] y = r.doubles(n)
                .map(v -> heavy ? -1e-9 / v : Math.rint(v * 9))
                .sorted()
                .toArray();
        double[] all = differences(x, y);
        for (int k : new int[] {1, (all.length + 1) / 2, all.length / 3 + 1, all.length}) {
            assertThat(Shift.difference(x, y, k)).isEqualTo(all[k - 1]);
        }
    }

    @Test
    void largeSamplesAreSelectedToo() {
        double[] x =
                new Random(1).doubles(900).map(v -> Math.exp(20 * v)).sorted().toArray();
        double[] y =
                new Random(2).doubles(800).map(v -> Math.exp(20 * v)).sorted().toArray();
        double[] all = differences(x, y);
        for (int k = 1; k <= all.length; k += 17777) {
            assertThat(Shift.difference(x, y, k)).isEqualTo(all[k - 1]);
        }
    }

    @Test
    void estimateIsTheMedianDifference() {
        // SciPy and NumPy: median of the outer difference
        assertThat(Shift.of(SeriesFixture.LONG_X, SeriesFixture.LONG_Y, 0.95).estimate())
                .isCloseTo(-10.15, within(1e-12));
    }

    @Property(tries = 50)
    void scaleAndShiftCarryOver(@ForAll Random r, @ForAll @IntRange(min = -40, max = 40) int power) {
        double[] x = r.doubles(60).sorted().toArray();
        double[] y = r.doubles(55).map(v -> v + 0.2).sorted().toArray();
        double scale = Math.pow(2, power);
        Shift a = Shift.of(x, y, 0.95);
        Shift b = Shift.of(
                Arrays.stream(x).map(v -> v * scale).toArray(),
                Arrays.stream(y).map(v -> v * scale).toArray(),
                0.95);
        assertThat(b).isEqualTo(new Shift(a.estimate() * scale, a.lower() * scale, a.upper() * scale));
    }

    @Property(tries = 50)
    void intervalAgreesWithTheTest(@ForAll Random r, @ForAll @IntRange(min = 5, max = 90) int m) {
        double[] x = r.doubles(m).sorted().toArray();
        double[] y = r.doubles(60).map(v -> v + 0.1).sorted().toArray();
        Shift s = Shift.of(x, y, 0.9);
        double eps = 1e-9;
        // Just outside the interval the test rejects at one-sided 5 %, just inside it does not.
        assertThat(MannWhitney.of(x, y, 1, s.lower() - eps).greater()).isLessThanOrEqualTo(0.05);
        assertThat(MannWhitney.of(x, y, 1, s.lower() + eps).greater()).isGreaterThan(0.05);
        assertThat(MannWhitney.of(x, y, 1, s.upper() + eps).less()).isLessThanOrEqualTo(0.05);
        assertThat(MannWhitney.of(x, y, 1, s.upper() - eps).less()).isGreaterThan(0.05);
    }

    @Test
    void twoPointsASideBoundNothing() {
        Shift s = Shift.of(new double[] {5, 6}, new double[] {1, 2}, 0.95);
        assertThat(s.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(s.upper()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(s.estimate()).isEqualTo(4);
    }
}
