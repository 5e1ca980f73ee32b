// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/**
 * What one look's values are asked, each answered by U / (m n) - 1/2 with the baseline moved to where the question's hypothesis ends:
 * is the canary worse than what is allowed, does it keep the margin, on which side of a rung does it lie. The answers of successive
 * looks can be averaged, which the values themselves, whose level drifts, can not.
 */
final class LocationQuestions {
    /** U / (m n) of equal distributions, and the furthest that it can be from it. */
    private static final double HALF = 0.5;

    /** A margin downwards is never more than all but a twentieth. */
    private static final double LEAST_RATIO = 0.05;

    private static final int DIRECTIONS = Direction.values().length;
    private static final int RUNGS = 2 * DIRECTIONS;

    private final Allow allow;
    private final Allow margin;
    private final double[] c;
    private final double[] b;
    private final MovedBaseline moved;

    /**
     * @param c the canary's values, sorted and not empty
     * @param b the baseline's, likewise
     * @param level the baseline's
     */
    LocationQuestions(Allow allow, Allow margin, MetricKind kind, double[] c, double[] b, double level) {
        this.allow = allow;
        this.margin = margin;
        this.c = c;
        this.b = b;
        double sigma = Ranks.sigma(c.length, b.length);
        this.moved = new MovedBaseline(c, b, level, kind == MetricKind.GAUGE, Bets.clip(HALF, sigma));
    }

    /** U as it is, with nothing moved. */
    double same() {
        return moved.same();
    }

    static int harm(Direction d) {
        return d.ordinal();
    }

    static int proof(Direction d) {
        return DIRECTIONS + d.ordinal();
    }

    static int rung(double ratio) {
        for (int i = 0; i < ConfidenceSequence.RUNGS.length; i++) {
            if (ConfidenceSequence.RUNGS[i] == ratio) {
                return RUNGS + i;
            }
        }
        throw new IllegalArgumentException("no rung at " + ratio);
    }

    /** One for each question that the process bets on; positive where the answer lies the way that the question looks. */
    double[] answers(EProcess s) {
        boolean ladder = s.ladder() != null;
        double[] x = new double[RUNGS + (ladder ? ConfidenceSequence.RUNGS.length : 0)];
        if (ladder) {
            // Outward from no difference: a look that refutes one clearly refutes those beyond, without a pass over the
            // samples.
            for (int i : ConfidenceSequence.OUTWARD) {
                double rung = ConfidenceSequence.RUNGS[i];
                x[RUNGS + i] = moved.clipped(rung, rung - 1, true);
            }
        }
        for (Direction d : Direction.values()) {
            EProcess.Side side = d == Direction.UP ? s.up() : s.down();
            if (side != null) {
                x[harm(d)] =
                        d.along(moved.deviation(d.ratio(allow.value(), 0), d.along(allow.value()), allow.relative()));
                x[proof(d)] = side.proof() == null ? 0 : keeps(d);
            }
        }
        return x;
    }

    private double keeps(Direction d) {
        if (c[0] == c[c.length - 1] && b[0] == b[b.length - 1] && c[0] == b[0]) {
            return HALF; // one value on both sides
        }
        double prove = margin.value();
        double ratio = d.ratio(prove, LEAST_RATIO);
        double shift = d == Direction.DOWN && margin.relative() ? ratio - 1 : d.along(prove);
        return -d.along(moved.clipped(ratio, shift, margin.relative()));
    }
}
