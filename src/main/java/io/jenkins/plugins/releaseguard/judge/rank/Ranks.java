// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

/** Mann and Whitney's U over sorted samples. */
public final class Ranks {
    private Ranks() {}

    /**
     * The number of pairs in which the canary's value exceeds the baseline's, ties counting a half, where the baseline is
     * first moved to {@code b * scale + shift}; linear in the samples.
     *
     * @param canary ascending, finite
     * @param baseline ascending
     * @param scale not negative
     * @param shift in the values' unit
     */
    public static double u(double[] canary, double[] baseline, double scale, double shift) {
        int below = 0;
        int upto = 0;
        long twice = 0;
        int n = baseline.length;
        double next = n == 0 ? Double.POSITIVE_INFINITY : baseline[0] * scale + shift;
        for (double c : canary) {
            while (next < c) {
                below++;
                next = below == n ? Double.POSITIVE_INFINITY : baseline[below] * scale + shift;
            }
            twice += below;
            if (next == c) {
                upto = Math.max(upto, below);
                while (upto < n && baseline[upto] * scale + shift <= c) {
                    upto++;
                }
                twice += upto;
            } else {
                twice += below;
            }
        }
        return twice / 2.0;
    }

    /**
     * Standard error of U / (m n) without ties.
     *
     * @param m size of one sample, at least 1
     * @param n of the other
     */
    public static double sigma(double m, double n) {
        return Math.sqrt((m + n + 1) / (12 * m * n));
    }

    /** @return NaN of nothing, the mean of both middle values of an even number */
    public static double median(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
    }

    /**
     * Distances from the median, in ascending order, by walking outward from it.
     *
     * @param sorted ascending, at least one value
     */
    public static double[] deviations(double[] sorted) {
        double median = median(sorted);
        double[] d = new double[sorted.length];
        int right = sorted.length / 2;
        int left = right - 1;
        for (int i = 0; i < d.length; i++) {
            boolean takeRight = left < 0 || right < sorted.length && sorted[right] - median <= median - sorted[left];
            d[i] = Math.max(0, takeRight ? sorted[right++] - median : median - sorted[left--]);
        }
        return d;
    }
}
