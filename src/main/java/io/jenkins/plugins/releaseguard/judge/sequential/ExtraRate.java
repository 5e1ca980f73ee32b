// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

/**
 * How many more of the canary's requests fail (or are too slow) than of the baseline's: an upper confidence bound that holds at every
 * look of a phase at once. One bet stands against each rung of a ladder, "the extra rate is at least this"; as those above a true
 * rate's are all true too, the bound is wrong only if one single bet wins, whichever the true rate is (Ville 1939).
 */
final class ExtraRate {
    private static final int SIZE = 11;
    private static final double LEAST = 0.001;

    /** Extra fractions of requests, from a tenth of a percent to all, each twice the one before. */
    private static final double[] RUNGS = rungs();

    /** No rung grows beyond it, so that what begins later undoes it; far above the bar of twenty phases. */
    private static final double MOST = 4000;

    /** Of the stake that grows fastest were the canary just like its baseline: less is gained, and less lost by bad luck. */
    private static final double CAUTION = 0.75;

    /** Where the baseline has nearly none, a bet is against a twentieth of the extra rate. */
    private static final double LEAST_PARTS = 20;

    private ExtraRate() {}

    private static double[] rungs() {
        double[] rungs = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            rungs[i] = LEAST * Math.pow(1 / LEAST, i / (SIZE - 1.0));
        }
        rungs[SIZE - 1] = 1;
        return rungs;
    }

    static int size() {
        return SIZE;
    }

    /** A fraction of requests; below the ladder a quarter of its lowest rung. */
    static double rung(int i) {
        return i < 0 ? LEAST / 4 : RUNGS[i];
    }

    /** Nothing is refuted yet. */
    static Capital start() {
        return Capital.of(SIZE, 1 - Restart.OF_A_PROOF);
    }

    /**
     * After a look or a block of them.
     *
     * @param was the ladder before, null to begin with
     * @param looks that were bet on in this phase before
     * @param c the canary's events among {@code exposure} requests; both above zero for exposures
     * @param b the baseline's among {@code other} requests
     * @param base the baseline's rate in earlier looks, NaN while unknown
     * @param cluster size of the clusters in which events come, from earlier looks, at least 1
     */
    static Capital look(
            Capital was, int looks, double c, double exposure, double b, double other, double base, double cluster) {
        double[] factors = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            factors[i] = factor(RUNGS[i], c, exposure, b, other, base, cluster);
        }
        return (was == null ? start() : was).next(Restart.ofProof(looks), factors, MOST);
    }

    /**
     * A tilted Poisson for each side, fair at any level that both share in this look: E exp(b log(1 + q e/e')) is exp(r q e) for
     * the baseline's b events at rate r of e' requests, as the canary's at r + extra need them. Earlier looks choose the tilt.
     */
    static double factor(double extra, double c, double exposure, double b, double other, double base, double cluster) {
        double level = base >= 0 ? base : extra;
        double lambda = CAUTION * Math.log((level + extra) / Math.max(level, extra / LEAST_PARTS));
        double q = -Math.expm1(-lambda);
        return Bets.capped((-lambda * c + q * extra * exposure + b * Math.log1p(q * exposure / other)) / cluster);
    }

    /**
     * The lowest rung that is refuted together with all above it: the extra rate is below it. {@link #size} where none is.
     *
     * @param bar 1 over the chance of an error
     */
    static int refuted(Capital ladder, double bar) {
        int i = SIZE;
        while (ladder != null && i > 0 && ladder.get(i - 1) >= bar) {
            i--;
        }
        return i;
    }
}
