// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import java.util.Arrays;

/**
 * How long harm of a known size goes on before the bets on harm stop it, all but once in a number of cases. Of one bet with factors f
 * in successive blocks P(product &lt; bar) &le; bar^h (E f^-h)^n for any h above 0 (Markov's inequality for product^-h; Chernoff,
 * Ann. Math. Stat. 23, 1952), so that n = (h log bar + log 1/miss) / -log E f^-h blocks suffice. E is a sum over the events of a block,
 * Poisson in clusters.
 *
 * @param canary requests of a block
 * @param baseline the same
 * @param rate of the baseline's events, above zero
 * @param cluster size of the clusters of events, at least 1
 * @param logBar logarithm of what a bet must grow by to stop the release
 * @param miss chance that it takes longer
 */
record TimeToStop(double canary, double baseline, double rate, double cluster, double logBar, double miss, Bets harm) {
    /** The factors of a block's bets on harm, for so many events; null where nothing can be bet on. */
    interface Bets {
        double[] of(double canaryEvents, double baselineEvents);
    }

    private static final double[] POWERS = {0.25, 0.375, 0.5};

    /** Means from which on a Poisson number is taken for a normal one, of the canary's and of the baseline's events. */
    private static final double NORMAL_FROM = 10;

    private static final double BASELINE_NORMAL_FROM = 4;

    /** Standard scores and, up to a factor, their weights: thirteen for the canary, five for the baseline (Gauss and Hermite). */
    private static final double[] FINE = scores(6, 0.6);

    private static final double[] COARSE = {-2.85697, -1.355626, 0, 1.355626, 2.85697};
    private static final double[] COARSE_WEIGHTS = {0.011257, 0.222076, 0.533333, 0.222076, 0.011257};

    /** What is less likely doesn't change the sum. */
    private static final double UNLIKELY = 1e-5;

    private static double[] scores(int each, double step) {
        double[] z = new double[2 * each + 1];
        for (int i = 0; i < z.length; i++) {
            z[i] = (i - each) * step;
        }
        return z;
    }

    /**
     * Blocks until harm is stopped, infinite where the bets don't grow on it.
     *
     * @param extra fraction of the canary's requests that fail besides
     */
    double blocks(double extra) {
        double[][] c = numbers(canary * Math.min(1, rate + extra), NORMAL_FROM, FINE, null);
        double[][] b = numbers(baseline * rate, BASELINE_NORMAL_FROM, COARSE, COARSE_WEIGHTS);
        double[][] means = null;
        double idle = 0;
        for (int i = 0; i < c[0].length; i++) {
            for (int k = 0; k < b[0].length; k++) {
                double weight = c[1][i] * b[1][k];
                double[] factors = harm.of(c[0][i], b[0][k]);
                if (factors == null) {
                    idle += weight;
                    continue;
                }
                means = means == null ? new double[POWERS.length][factors.length] : means;
                add(means, factors, weight);
            }
        }
        return means == null ? Double.POSITIVE_INFINITY : blocks(means, idle);
    }

    private static void add(double[][] means, double[] factors, double weight) {
        for (int i = 0; i < factors.length; i++) {
            double half = 1 / Math.sqrt(factors[i]);
            double quarter = Math.sqrt(half);
            means[0][i] += weight * quarter;
            means[1][i] += weight * quarter * Math.sqrt(quarter);
            means[2][i] += weight * half;
        }
    }

    /** @param idle the chance of a block that isn't bet on: its factor is 1 */
    private double blocks(double[][] means, double idle) {
        double fewest = Double.POSITIVE_INFINITY;
        for (int h = 0; h < POWERS.length; h++) {
            double mean = idle + Arrays.stream(means[h]).min().orElse(1);
            if (mean < 1) {
                fewest = Math.min(fewest, (POWERS[h] * logBar - Math.log(miss)) / -Math.log(mean));
            }
        }
        return fewest;
    }

    /** Numbers of events with their chances: clusters, counted one by one while they are few. */
    private double[][] numbers(double events, double normalFrom, double[] scores, double[] weights) {
        double mean = events / cluster;
        double[][] all = mean < normalFrom ? few(mean) : many(mean, scores, weights);
        double sum = Arrays.stream(all[1]).sum();
        for (int i = 0; i < all[0].length; i++) {
            all[0][i] *= cluster;
            all[1][i] /= sum;
        }
        return all;
    }

    private static double[][] few(double mean) {
        int most = (int) Math.ceil(mean + 5 * Math.sqrt(mean) + 4);
        double[][] all = new double[2][most + 1];
        int n = 0;
        double p = Math.exp(-mean);
        for (int k = 0; k <= most; k++) {
            if (p > UNLIKELY) {
                all[0][n] = k;
                all[1][n++] = p;
            }
            p *= mean / (k + 1);
        }
        return new double[][] {Arrays.copyOf(all[0], n), Arrays.copyOf(all[1], n)};
    }

    private static double[][] many(double mean, double[] scores, double[] weights) {
        double[][] all = new double[2][scores.length];
        for (int i = 0; i < scores.length; i++) {
            all[0][i] = Math.max(0, mean + scores[i] * Math.sqrt(mean));
            all[1][i] = weights == null ? Math.exp(-scores[i] * scores[i] / 2) : weights[i];
        }
        return all;
    }
}
