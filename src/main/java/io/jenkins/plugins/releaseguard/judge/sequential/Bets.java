// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

/**
 * Factors by which one look multiplies capital: each has mean at most 1 under its null (Waudby-Smith and Ramdas, Estimating
 * means of bounded random variables by betting, JRSS-B 86, 2024, section 4).
 *
 * <p>A look is one observation however many samples it holds: bursts inside it change its spread, not its mean.
 */
final class Bets {
    /** Entries of a bet on harm of values. */
    static final int HARM = 4;

    /** The same of events, where harm has no upper bound: two more for what is far more frequent. */
    static final int HARM_OF_EVENTS = 6;

    /** How many times as frequent rare events become under what is bet on; the last two stand beside clipped bets, too. */
    static final double[] FAR = {3, 6, 10, 100};

    /** Entries of a bet on a clear difference in either direction of a symmetric statistic. */
    static final int PROOF = 3;

    private static final double[] CLIPPED = {0.4, 0.9};
    private static final double[] PROOFS = {0.3, 0.6, 0.9};
    private static final double MOST = 0.95;

    /** A block is one observation: an instance that stumbles within it convicts nobody, whatever share of it failed. */
    private static final double MOST_OF_A_BLOCK = 6;

    private Bets() {}

    /**
     * Bets that a deviation is positive. Two entries are linear in it and need nothing but its mean; two are clipped at three
     * standard errors, which gains much faster on many samples and needs a deviation that is not skewed to the left (random
     * assignment of requests or of whole bursts with a canary share of at most one half). Beyond that share all are linear.
     *
     * @param x observed minus null mean
     * @param floor x is never below -floor
     * @param sigma standard error of x were requests independent; it chooses stakes only
     * @param harms two alternatives of x to bet on
     */
    static double[] harm(double x, double floor, double sigma, double[] harms, boolean clip) {
        double[] f = new double[HARM];
        for (int i = 0; i < 2; i++) {
            double stake = harms[i] * floor / (harms[i] * harms[i] + (2 - i) * sigma * sigma);
            f[i] = 1 + Math.min(MOST, stake) * x / floor;
        }
        // The cap holds on both sides of three standard errors: otherwise more events could mean less evidence.
        double payoff = clip ? Math.max(-1, Math.min(1, x / clip(floor, sigma))) : x / floor;
        for (int i = 0; i < 2; i++) {
            f[2 + i] = 1 + CLIPPED[i] * payoff;
        }
        return f;
    }

    /**
     * The same of events, with two more linear entries. Where few events are expected, a clipped bet tells one event from many no
     * more; two further stakes take its place. A fraction of an event (a rate of a rate, an
     * interpolated counter) is no whole observation: it moves that fraction of every stake.
     *
     * @param rare whether few events are expected; from earlier blocks, since otherwise more events could mean less evidence
     * @param n events of the block, above zero
     * @param far how much more frequent than at the null share they are under each alternative of {@link #FAR}: the expected number
     *     of further events; the stake is that of Kelly's for a rare event, payable in any case
     */
    static double[] harmOfEvents(
            double x, double floor, double sigma, double[] harms, boolean clip, boolean rare, double n, double[] far) {
        double[] near = harm(x, floor, sigma, harms, clip);
        double[] f = new double[HARM_OF_EVENTS];
        double whole = Math.min(1, n);
        for (int i = 0; i < HARM_OF_EVENTS; i++) {
            boolean linear = i >= HARM || rare && i >= 2;
            f[i] = linear
                    ? Math.min(MOST_OF_A_BLOCK, 1 + whole * Math.min(MOST, far[i - 2]) * x / floor)
                    : 1 + whole * (near[i] - 1);
        }
        return f;
    }

    /** The deviation from which on the symmetric bets don't tell it from any larger one: three standard errors. */
    static double clip(double floor, double sigma) {
        return Math.min(floor, 3 * sigma);
    }

    /**
     * Whether so few events are expected that three standard errors reach the floor.
     *
     * @param at the canary's share of events under the null
     */
    static boolean rare(double events, double at) {
        return events * at <= 9 * (1 - at);
    }

    /** Bets that a symmetric deviation is positive, clipped at three standard errors. */
    static double[] symmetric(double x, double floor, double sigma) {
        double payoff = Math.max(-1, Math.min(1, x / clip(floor, sigma)));
        double[] f = new double[PROOF];
        for (int i = 0; i < PROOF; i++) {
            f[i] = 1 + PROOFS[i] * payoff;
        }
        return f;
    }

    static double symmetric(double x, double floor, double sigma, double stake) {
        return 1 + stake * Math.max(-1, Math.min(1, x / clip(floor, sigma)));
    }

    /**
     * The tilted binomial: the likelihood ratio of a share with odds lower by exp(-lambda), for c of n events, were they to
     * arrive in clusters of a given size. Unlike {@link #harm} it needs that size, and is used for proofs of absence only.
     *
     * @param lambda positive bets on fewer canary events than the null share, negative on more
     */
    static double tilt(double c, double n, double share, double lambda, double cluster) {
        return capped(-(lambda * c + n * Math.log1p(share * Math.expm1(-lambda))) / cluster);
    }

    /** The tilted Poisson: bets that c events are fewer than a mean of at least mu. */
    static double rare(double c, double mu, double lambda, double cluster) {
        return capped(-(lambda * c + mu * Math.expm1(-lambda)) / cluster);
    }

    /** No look may more than double a proof: one burst on the baseline does not exonerate the canary. */
    static double capped(double log) {
        return Math.min(2, Math.exp(log));
    }
}
