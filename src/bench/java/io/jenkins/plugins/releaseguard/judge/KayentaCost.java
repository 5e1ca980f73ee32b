// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.judge.kayenta.Kayenta;
import java.util.Arrays;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * What Kayenta's judge computes for a metric, on the library that it uses: R's interval of wilcox.test, each limit the root of the
 * standardised rank sum by Brent's method to 1e-4, each evaluation ranking both samples anew; then the ratio of means. Written
 * from R's description of the procedure, for its cost; the verdicts of the profile are {@link Kayenta}'s.
 */
final class KayentaCost {
    private static final double TOLERANCE = 1e-4;
    private static final int EVALUATIONS = 1000;
    private static final double Z = new NormalDistribution().inverseCumulativeProbability(0.99);

    private KayentaCost() {}

    /** Lower limit, upper limit, estimate, ratio of means. */
    static double[] interval(double[] x, double[] y) {
        double low =
                Arrays.stream(x).min().orElseThrow() - Arrays.stream(y).max().orElseThrow();
        double high =
                Arrays.stream(x).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
        return new double[] {
            root(x, y, Z, low, high),
            root(x, y, -Z, low, high),
            root(x, y, 0, low, high),
            Arrays.stream(x).average().orElse(0) / Arrays.stream(y).average().orElse(0)
        };
    }

    private static double root(double[] x, double[] y, double z, double low, double high) {
        return new BrentSolver(TOLERANCE).solve(EVALUATIONS, d -> standardised(x, y, d, z != 0) - z, low, high);
    }

    private static double standardised(double[] x, double[] y, double shift, boolean corrected) {
        double[] all = Arrays.copyOf(x, x.length + y.length);
        for (int i = 0; i < x.length; i++) {
            all[i] -= shift;
        }
        System.arraycopy(y, 0, all, x.length, y.length);
        double[] ranks = new NaturalRanking().rank(all);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += ranks[i];
        }
        double m = x.length;
        double n = y.length;
        double d = sum - m * (m + 1) / 2 - m * n / 2;
        double ties = ties(ranks);
        double sigma = Math.sqrt(m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1))));
        return (d - (corrected ? Math.signum(d) / 2 : 0)) / sigma;
    }

    private static double ties(double[] ranks) {
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = 0, j; i < sorted.length; i = j) {
            for (j = i + 1; j < sorted.length && sorted[j] == sorted[i]; j++) {}
            double t = j - i;
            sum += t * t * t - t;
        }
        return sum;
    }
}
