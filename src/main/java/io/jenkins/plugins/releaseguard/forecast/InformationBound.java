// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How long it takes at least to tell a harmless canary from one that is worse by a margin, whatever is computed from what the two sides
 * did. No test that is wrong in at most 5 of 100 harmful releases can let go sooner, with 98 of 100 harmless ones, than the likelihood
 * ratio against the harmful level that is hardest to tell from what is there (docs/judge.md, promotion by budget). Pure.
 */
final class InformationBound {
    /** Of harmless releases that may be held. */
    static final double HELD = 0.02;

    /** Of harmful releases that may be let go. */
    static final double WRONG = JudgeConfig.PROMOTE_ALPHA;

    /** Bisections of a number between 0 and 1, or of one below 100: more than a double tells apart. */
    private static final int STEPS = 100;

    private static final double MOST_NATS = 100;

    private InformationBound() {}

    /**
     * Nats that a likelihood ratio must have grown by on average. With D on average its spread is √(2D), as of any sum of small steps,
     * and the chance that it hasn't once come to log 1/{@link #WRONG} follows by reflection.
     */
    static double nats() {
        double bar = -Math.log(WRONG);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double low = 0;
        double high = MOST_NATS;
        for (int i = 0; i < STEPS; i++) {
            double d = (low + high) / 2;
            double spread = Math.sqrt(2 * d);
            double never = normal.cumulativeProbability((bar - d) / spread)
                    - Math.exp(bar) * normal.cumulativeProbability((-bar - d) / spread);
            if (never > HELD) {
                low = d;
            } else {
                high = d;
            }
        }
        return high;
    }

    /**
     * What one request tells on average, in nats.
     *
     * @param share of the canary among the requests that are compared, between 0 and 1
     * @param level fraction of either side's requests that fail, 0 to below 1
     * @param margin a canary worse by it is harmful
     */
    static double perRequest(double share, double level, Allow margin) {
        double most = margin.relative() ? 1 / (1 + margin.value()) : 1 - margin.value();
        double low = 0;
        double high = most;
        for (int i = 0; i < STEPS; i++) {
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (nats(share, level, margin, a) <= nats(share, level, margin, b)) {
                high = b;
            } else {
                low = a;
            }
        }
        return nats(share, level, margin, (low + high) / 2);
    }

    /** Against a baseline of {@code other}, and a canary worse than that by the margin. */
    private static double nats(double share, double level, Allow margin, double other) {
        return share * divergence(level, Math.min(1, other + margin.at(other)))
                + (1 - share) * divergence(level, other);
    }

    /** Of Kullback and Leibler, between one request that fails so often and one that fails {@code other} often. */
    private static double divergence(double level, double other) {
        return part(level, other) + part(1 - level, 1 - other);
    }

    private static double part(double p, double q) {
        return p == 0 ? 0 : q <= 0 ? Double.POSITIVE_INFINITY : p * Math.log(p / q);
    }

    /**
     * Seconds of bake.
     *
     * @param requests a second that are compared, of both sides
     * @param clusters size of the clusters that failures come in: variance over mean, at least 1
     * @return infinite where no number of requests tells
     */
    static double seconds(double requests, double share, double level, Allow margin, double clusters) {
        double each = perRequest(share, level, margin);
        return each > 0 ? nats() * clusters / (each * requests) : Double.POSITIVE_INFINITY;
    }
}
