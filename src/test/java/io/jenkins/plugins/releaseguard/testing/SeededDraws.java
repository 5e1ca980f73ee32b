// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.util.SplittableRandom;

/** Seeded draws, fast enough for millions of looks. */
public final class SeededDraws {
    private final SplittableRandom random;

    public SeededDraws(long seed) {
        random = new SplittableRandom(seed);
    }

    public double uniform() {
        return random.nextDouble();
    }

    public boolean chance(double p) {
        return random.nextDouble() < p;
    }

    public double normal() {
        return random.nextGaussian();
    }

    /** Inversion for small means, a rounded normal beyond. */
    public double poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > 40) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal()));
        }
        double p = Math.exp(-mean);
        double u = uniform();
        int k = 0;
        double sum = p;
        while (u > sum && k < 1000) {
            k++;
            p *= mean / k;
            sum += p;
        }
        return k;
    }

    public double binomial(double n, double p) {
        if (p <= 0 || n <= 0) {
            return 0;
        }
        if (p > 0.5) {
            return n - binomial(n, 1 - p);
        }
        if (n * p > 40) {
            return Math.max(0, Math.min(n, Math.rint(n * p + Math.sqrt(n * p * (1 - p)) * normal())));
        }
        double q = Math.pow(1 - p, n);
        double u = uniform();
        int k = 0;
        double sum = q;
        while (u > sum && k < n) {
            q *= (n - k) / (k + 1) * p / (1 - p);
            k++;
            sum += q;
        }
        return k;
    }

    /** At least 1. */
    public double geometric(double mean) {
        return 1 + Math.floor(Math.log(1 - uniform()) / Math.log(1 - 1 / mean));
    }
}
