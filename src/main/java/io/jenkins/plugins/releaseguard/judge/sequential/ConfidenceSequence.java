// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Interval;

/**
 * The confidence sequence of a relative effect: a bet against each rung in both directions. The interval is what no bet has
 * refuted, rounded outward to rungs, so that it holds at every look at once (Howard, Ramdas, McAuliffe and Sekhon,
 * Time-uniform, nonparametric, nonasymptotic confidence sequences, Ann. Stat. 49, 2021).
 */
final class ConfidenceSequence {
    /** Ratios of canary to baseline. */
    static final double[] RUNGS = {0.5, 2 / 3.0, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3};

    /** The rungs' order outward from no difference: a look that refutes one clearly refutes those beyond. */
    static final int[] OUTWARD = {4, 5, 6, 7, 8, 9, 3, 2, 1, 0};

    static final int SIZE = 2 * RUNGS.length;

    private ConfidenceSequence() {}

    static Capital start() {
        return Capital.of(SIZE, 1 - Restart.OF_A_PROOF);
    }

    /** The factor that refutes "at most this rung" (above) or "at least this rung". */
    interface Rung {
        double factor(double ratio, boolean above);
    }

    /**
     * Asks for the rungs one after the other, outward from no difference, for both directions of each.
     *
     * @param looks that went before in this phase
     */
    static Capital climb(Capital ladder, int looks, Rung rung) {
        double[] factors = new double[SIZE];
        for (int i : OUTWARD) {
            factors[i] = rung.factor(RUNGS[i], true);
            factors[RUNGS.length + i] = rung.factor(RUNGS[i], false);
        }
        return ladder.next(Restart.ofProof(looks), factors, EProcess.MOST_RUNG);
    }

    /** Limits as relative changes (ratio - 1). */
    static Interval interval(Capital ladder, double alpha) {
        double needed = 2 / alpha;
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < RUNGS.length && ladder.get(i) >= needed; i++) {
            lower = RUNGS[i] - 1;
        }
        double upper = Double.POSITIVE_INFINITY;
        for (int i = RUNGS.length - 1; i >= 0 && ladder.get(RUNGS.length + i) >= needed; i--) {
            upper = RUNGS[i] - 1;
        }
        return new Interval(Math.max(lower, -1), upper, 1 - alpha);
    }
}
