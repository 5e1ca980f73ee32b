// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import java.util.Arrays;

/** In how many ways each value of 2 U arises when the first sample is drawn at random from groups of equal values. */
final class RankDistribution {
    private RankDistribution() {}

    /** Index 2 U, for a first sample of m among all values. */
    static double[] doubled(int m, int[] groups) {
        int n = Arrays.stream(groups).sum() - m;
        double[][] ways = new double[m + 1][];
        for (int i = 0; i <= m; i++) {
            ways[i] = new double[2 * i * n + 1];
        }
        ways[0][0] = 1;
        int seen = 0;
        for (int t : groups) {
            // Downwards, so that what a row gives is what it had before this group.
            for (int taken = Math.min(m, seen); taken >= Math.max(0, seen - n); taken--) {
                int others = seen - taken;
                double choose = t;
                for (int k = 1; k <= Math.min(t, m - taken); k++) {
                    if (t - k <= n - others) {
                        // k of this group exceed the others below it, and tie with the t - k left.
                        add(ways[taken], 2 * taken * others, ways[taken + k], k * (2 * others + t - k), choose);
                    }
                    choose = choose * (t - k) / (k + 1);
                }
                if (t > n - others) {
                    Arrays.fill(ways[taken], 0); // none of this group taken: too many for the others
                }
            }
            seen += t;
        }
        return ways[m];
    }

    private static void add(double[] from, int top, double[] to, int gain, double times) {
        for (int i = 0; i <= top; i++) {
            to[i + gain] += times * from[i];
        }
    }

    /** The largest k with P(U <= k - 1) <= tail without ties, as R's qwilcox counts; 0 when there is none. */
    static int critical(int m, int n, double tail) {
        int[] groups = new int[m + n];
        Arrays.fill(groups, 1);
        double[] ways = doubled(m, groups);
        double all = Arrays.stream(ways).sum();
        double sum = 0;
        for (int u = 0; 2 * u < ways.length; u++) {
            sum += ways[2 * u];
            if (sum > tail * all) {
                return u;
            }
        }
        return m * n;
    }
}
