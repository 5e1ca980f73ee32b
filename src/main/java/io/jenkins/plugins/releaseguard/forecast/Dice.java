// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.SplittableRandom;

/** Seeded draws. Two seeds give streams that have nothing in common. */
final class Dice {
    /** Above it a normal is as good, and far quicker. */
    private static final double NORMAL_FROM = 60;

    private final SplittableRandom random;

    Dice(long seed, long stream) {
        long z = seed * 0x9E3779B97F4A7C15L + stream * 0xD1B54A32D192ED03L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        random = new SplittableRandom(z ^ z >>> 31);
    }

    double uniform() {
        return random.nextDouble();
    }

    double normal() {
        return random.nextGaussian();
    }

    double poisson(double mean) {
        if (!(mean > 0)) {
            return 0;
        }
        if (mean > NORMAL_FROM) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal()));
        }
        double left = uniform();
        double p = Math.exp(-mean);
        int k = 0;
        while (left > p && p > 0) {
            left -= p;
            k++;
            p *= mean / k;
        }
        return k;
    }

    double binomial(double n, double p) {
        if (!(n > 0) || !(p > 0)) {
            return 0;
        }
        if (p >= 1) {
            return n;
        }
        if (p > 0.5) {
            return n - binomial(n, 1 - p);
        }
        if (n * p > NORMAL_FROM) {
            return Math.max(0, Math.min(n, Math.rint(n * p + Math.sqrt(n * p * (1 - p)) * normal())));
        }
        double left = uniform();
        double q = Math.exp(n * Math.log1p(-p));
        double odds = p / (1 - p);
        double k = 0;
        while (left > q && k < n && q > 0) {
            left -= q;
            q *= (n - k) / (k + 1) * odds;
            k++;
        }
        return k;
    }

    /** The size of a cluster: at least 1, of that mean. */
    double cluster(double mean) {
        return mean <= 1 ? 1 : 1 + Math.floor(Math.log1p(-uniform()) / Math.log1p(-1 / mean));
    }
}
