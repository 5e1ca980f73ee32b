// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import java.util.Arrays;

/** Groups of equal values in two sorted samples together. */
public final class Ties {
    private Ties() {}

    /** Sizes of the groups in ascending order of value. */
    static int[] groups(double[] x, double[] y) {
        int[] sizes = new int[x.length + y.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < x.length || j < y.length) {
            double v = j == y.length || i < x.length && x[i] <= y[j] ? x[i] : y[j];
            int from = i + j;
            while (i < x.length && x[i] == v) {
                i++;
            }
            while (j < y.length && y[j] == v) {
                j++;
            }
            sizes[n++] = i + j - from;
        }
        return Arrays.copyOf(sizes, n);
    }

    /** The sum of t³ - t over groups of t equal values: what ties take from the variance of U. Both ascending. */
    public static double sum(double[] x, double[] y) {
        double sum = 0;
        for (int t : groups(x, y)) {
            sum += (double) t * t * t - t;
        }
        return sum;
    }
}
