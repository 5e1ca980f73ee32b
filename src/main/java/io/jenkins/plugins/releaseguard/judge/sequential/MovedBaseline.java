// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/**
 * How far one look's U / (m n) lies from one half once the baseline is moved. U falls as the baseline rises, and bets that are clipped
 * don't tell a deviation beyond the clip from a larger one: what lies beyond a move that was clipped needs no pass over the samples.
 */
final class MovedBaseline {
    private static final double HALF = 0.5;

    /** As many as a look makes: of the rungs, the allowance and the margin. */
    private static final int MOVES = 16;

    private final double[] canary;
    private final double[] baseline;
    private final double level;
    private final boolean gauge;
    private final double clip;

    /** Up to this move the deviation is at least the clip, and from the other one at most minus the clip. */
    private double above = Double.NEGATIVE_INFINITY;

    private double below = Double.POSITIVE_INFINITY;

    /** U by moves that were made: a rung, an allowance and no move at all are often one. */
    private final double[] us = new double[MOVES];

    private final double[] scales = new double[MOVES];
    private final double[] shifts = new double[MOVES];
    private int known;

    /**
     * @param canary ascending, not empty
     * @param baseline ascending, not empty
     * @param level the baseline's, by part of which a gauge is moved
     * @param clip above zero
     */
    MovedBaseline(double[] canary, double[] baseline, double level, boolean gauge, double clip) {
        this.canary = canary;
        this.baseline = baseline;
        this.level = level;
        this.gauge = gauge;
        this.clip = clip;
    }

    /** U where the baseline isn't moved at all. */
    double same() {
        return u(1, 0);
    }

    /** U / (m n) - 1/2 after moving the baseline: a duration is scaled, a gauge shifted by its level's part. */
    double deviation(double scale, double shift, boolean relative) {
        double u = !relative ? u(1, shift) : gauge ? u(1, shift * Math.abs(level)) : u(scale, 0);
        return u / ((double) canary.length * baseline.length) - HALF;
    }

    private double u(double scale, double shift) {
        for (int i = 0; i < known; i++) {
            if (scales[i] == scale && shifts[i] == shift) {
                return us[i];
            }
        }
        double u = Ranks.u(canary, baseline, scale, shift);
        if (known < us.length) {
            scales[known] = scale;
            shifts[known] = shift;
            us[known++] = u;
        }
        return u;
    }

    /** The same for bets that are clipped: where it is not between the clip and minus the clip, it may be that instead. */
    double clipped(double scale, double shift, boolean relative) {
        double move = gauge ? (relative ? shift * Math.abs(level) : shift) : scale;
        // scaled, values below zero fall
        boolean ordered = gauge || relative && baseline[0] >= 0;
        if (ordered && move <= above) {
            return clip;
        }
        if (ordered && move >= below) {
            return -clip;
        }
        double x = deviation(scale, shift, relative);
        if (ordered && x >= clip) {
            above = move;
        } else if (ordered && x <= -clip) {
            below = move;
        }
        return x;
    }
}
