// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Mann and Whitney's rank test (Ann. Math. Stat. 18, 1947): exact while both samples are below 50 or one is so small that
 * the count of all ways is no more work than that, also with ties (the permutation distribution of the mid-rank statistic),
 * otherwise normal with the corrections for ties and continuity. Three values beside sixty are no normal sum.
 *
 * @param u pairs in which the first sample is larger, ties counting a half
 * @param greater one-sided p that the first is larger
 * @param less one-sided p that the first is smaller
 * @param z standardised and corrected for continuity; NaN when exact
 */
public record MannWhitney(double u, double greater, double less, double z, boolean exact) {
    static final int EXACT_BELOW = 50;

    /** Some milliseconds: 3 beside 3 199, 10 beside 955, 20 beside 470. */
    private static final double MOST_WORK = 8 * work(EXACT_BELOW - 1.0, EXACT_BELOW - 1.0);

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Twice the smaller tail, at most 1. */
    public double twoSided() {
        return Math.min(1, 2 * Math.min(greater, less));
    }

    /**
     * Compares two samples.
     *
     * @param x ascending, not empty
     * @param y likewise
     */
    public static MannWhitney of(double[] x, double[] y) {
        return of(x, y, 1, 0);
    }

    /** The same after moving the second sample to {@code y * scale + shift}, scale not negative. */
    public static MannWhitney of(double[] x, double[] y, double scale, double shift) {
        double u = Ranks.u(x, y, scale, shift);
        double[] moved = moved(y, scale, shift);
        return isExact(x.length, y.length) ? exact(x, moved, u) : normal(x, moved, u);
    }

    /** Whether all ways are counted for samples of these sizes. */
    static boolean isExact(int m, int n) {
        int small = Math.min(m, n);
        return small < EXACT_BELOW && (Math.max(m, n) < EXACT_BELOW || work(small, Math.max(m, n)) <= MOST_WORK);
    }

    /** In additions, of the count of all ways of drawing the smaller sample. */
    private static double work(double small, double large) {
        return small * small * large * (small + large);
    }

    private static double[] moved(double[] y, double scale, double shift) {
        if (scale == 1 && shift == 0) {
            return y;
        }
        double[] moved = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            moved[i] = y[i] * scale + shift;
        }
        return moved;
    }

    private static MannWhitney exact(double[] x, double[] y, double u) {
        boolean swapped = y.length < x.length;
        double[] ways = RankDistribution.doubled(Math.min(x.length, y.length), Ties.groups(x, y));
        double own = swapped ? (double) x.length * y.length - u : u;
        int at = (int) Math.round(2 * own);
        double below = 0;
        double all = 0;
        double above = 0;
        for (int i = 0; i < ways.length; i++) {
            all += ways[i];
            below += i <= at ? ways[i] : 0;
            above += i >= at ? ways[i] : 0;
        }
        double greater = (swapped ? below : above) / all;
        double less = (swapped ? above : below) / all;
        return new MannWhitney(u, greater, less, Double.NaN, true);
    }

    private static MannWhitney normal(double[] x, double[] y, double u) {
        double sigma = sigma(x.length, y.length, Ties.sum(x, y));
        if (!(sigma > 0)) {
            return new MannWhitney(u, 1, 1, 0, false);
        }
        double d = u - (double) x.length * y.length / 2;
        double greater = NORMAL.survivalProbability((d - 0.5) / sigma);
        double less = NORMAL.cumulativeProbability((d + 0.5) / sigma);
        return new MannWhitney(u, greater, less, (d - 0.5 * Math.signum(d)) / sigma, false);
    }

    /**
     * Standard error of U.
     *
     * @param m size of one sample
     * @param n of the other
     * @param ties see {@link Ties#sum}
     */
    public static double sigma(double m, double n, double ties) {
        double all = m + n;
        return Math.sqrt(m * n / 12 * (all + 1 - ties / (all * (all - 1))));
    }
}
