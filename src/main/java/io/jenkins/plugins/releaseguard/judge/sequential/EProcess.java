// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.Worse;

/**
 * The evidence of one comparison of one metric (its events, its location, its spread or its tail).
 *
 * @param up bets on a higher canary, null where only lower harms
 * @param down bets on a lower canary, null where only higher harms
 * @param ladder of this phase, null for a spread or tail
 * @param sums of this phase
 */
public record EProcess(Side up, Side down, Capital ladder, Sums sums) {

    /**
     * The bets of one direction.
     *
     * @param harm capital of the bets that the canary deviates this way: the sum over the phases that have started of the
     *     process begun there
     * @param proof bets of this phase that it doesn't by the margin, null where nothing is to be proven
     */
    public record Side(Capital harm, Capital proof) {
        private static Side start(int proofs) {
            return new Side(Capital.of(Bets.HARM, 0), proofs == 0 ? null : Capital.of(proofs, 1));
        }

        private Side phase(boolean join) {
            return new Side(join ? harm.plus(1) : harm, proof == null ? null : Capital.of(proof.size(), 1));
        }

        private Side times(Factors look, Direction direction) {
            return new Side(
                    harm.isSpent() ? harm : harm.times(look.harm(direction)),
                    proof == null ? null : proof.times(look.proof(direction)));
        }
    }

    /** By what one look multiplies the capital of a direction. */
    interface Factors {
        /** One for each of the {@link Bets#HARM} bets that the canary deviates this way. */
        double[] harm(Direction direction);

        /** One for each bet that it doesn't deviate by the margin. */
        double[] proof(Direction direction);
    }

    /**
     * Running sums of a phase.
     *
     * @param canary errors, or the sum of medians weighted by exposure
     * @param num numerator of the stratified effect (Mantel and Haenszel 1959)
     * @param z sum of the strata's weighted deviations (van Elteren 1960)
     * @param clusters of events, over all phases
     * @param canaryExposure latency and gauge: number of values, rates: requests; baselineExposure the same
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

    /**
     * Nothing seen yet.
     *
     * @param proofs number of bets on the absence of harm, 0 for none
     * @param ladder whether there is a confidence sequence
     */
    static EProcess start(Worse worse, int proofs, boolean ladder) {
        return new EProcess(
                worse.harms(Direction.UP) ? Side.start(proofs) : null,
                worse.harms(Direction.DOWN) ? Side.start(proofs) : null,
                ladder ? ConfidenceSequence.start() : null,
                Sums.NONE);
    }

    /** A phase begins: a new process joins the bets on harm; proofs start again, since harm may grow with load. */
    EProcess phase(boolean join) {
        return new EProcess(
                up == null ? null : up.phase(join),
                down == null ? null : down.phase(join),
                ladder == null ? null : ConfidenceSequence.start(),
                sums.next());
    }

    /** After one look: each direction that harms is bet on. */
    EProcess times(Factors look, Capital nextLadder, Sums nextSums) {
        return new EProcess(
                up == null ? null : up.times(look, Direction.UP),
                down == null ? null : down.times(look, Direction.DOWN),
                nextLadder,
                nextSums);
    }

    /** After a look that nothing can be bet on. */
    EProcess with(Sums nextSums) {
        return new EProcess(up, down, ladder, nextSums);
    }

    /** The e-process: the mean over planned phases, those not yet started counting 1; the mean of both directions. */
    double e(int planned, int started) {
        double a = up == null ? Double.NaN : e(up, planned, started);
        double b = down == null ? Double.NaN : e(down, planned, started);
        return up == null ? b : down == null ? a : (a + b) / 2;
    }

    private static double e(Side side, int planned, int started) {
        return (side.harm().mean() + (planned - started)) / planned;
    }

    /** Evidence that harm at the margin is absent; the weaker one where both directions harm. */
    double proven() {
        return Math.min(proven(up), proven(down));
    }

    private static double proven(Side side) {
        return side == null || side.proof() == null
                ? Double.POSITIVE_INFINITY
                : side.proof().mean();
    }
}
