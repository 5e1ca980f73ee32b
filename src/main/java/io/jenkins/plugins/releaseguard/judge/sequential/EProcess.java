// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Worse;

/**
 * The evidence of one comparison of one metric (its events, its location, its spread or its tail).
 *
 * @param up capital of the bets that the canary is higher: the sum over the phases that have started of the process begun
 *     there
 * @param down the same for lower, null where only higher harms and the other way round
 * @param proof bets of this phase that the canary is not above the margin, null where only lower harms
 * @param proofDown bets that it is not below the margin
 * @param ladder of this phase, null for a spread
 * @param sums of this phase
 */
public record EProcess(Capital up, Capital down, Capital proof, Capital proofDown, Capital ladder, Sums sums) {

    /**
     * Running sums of a phase.
     *
     * @param canary errors, or the sum of medians weighted by exposure
     * @param num numerator of the stratified effect (Mantel and Haenszel 1959)
     * @param z sum of the strata's weighted deviations (van Elteren 1960)
     * @param clusters of events, over all phases
     * @param values latency and gauge: number of values, rates: requests; canaryValues the same
     */
    public record Sums(
            double canary,
            double canaryExposure,
            double baseline,
            double baselineExposure,
            double num,
            double den,
            double z,
            double zVariance,
            Overdispersion clusters) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0, Overdispersion.NONE);

        double canaryLevel() {
            return canary / canaryExposure;
        }

        double baselineLevel() {
            return baseline / baselineExposure;
        }

        /** A new phase forgets everything but how events cluster. */
        Sums next() {
            return new Sums(0, 0, 0, 0, 0, 0, 0, 0, clusters);
        }
    }

    static EProcess start(Worse worse, int proofs, boolean ladder) {
        Capital none = Capital.of(Bets.HARM, 0);
        return new EProcess(
                        worse == Worse.LOWER ? null : none,
                        worse == Worse.HIGHER ? null : none,
                        null,
                        null,
                        null,
                        Sums.NONE)
                .phase(false, proofs, ladder);
    }

    /** A phase begins: a new process joins the bets on harm; proofs start again, since harm may grow with load. */
    EProcess phase(boolean join, int proofs, boolean withLadder) {
        return new EProcess(
                up == null || !join ? up : up.plus(1),
                down == null || !join ? down : down.plus(1),
                up == null || proofs == 0 ? null : Capital.of(proofs, 1),
                down == null || proofs == 0 ? null : Capital.of(proofs, 1),
                withLadder ? ConfidenceSequence.start() : null,
                sums.next());
    }

    /** The e-process: the mean over planned phases, those not yet started counting 1. */
    double e(int planned, int started) {
        double rest = planned - started;
        double a = up == null ? Double.NaN : (up.mean() + rest) / planned;
        double b = down == null ? Double.NaN : (down.mean() + rest) / planned;
        return up == null ? b : down == null ? a : (a + b) / 2;
    }

    /** Evidence that harm at the margin is absent; the weaker one where both directions harm. */
    double proven() {
        double a = proof == null ? Double.POSITIVE_INFINITY : proof.mean();
        double b = proofDown == null ? Double.POSITIVE_INFINITY : proofDown.mean();
        return Math.min(a, b);
    }
}
