// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/**
 * Values of two variants, look by look: each look is a stratum (van Elteren 1960), so a level that drifts for both does not
 * matter. The look's U / (m n) has mean one half when both sides draw from the same distribution, whatever that is.
 */
final class ValueWatch {
    /** The alternatives of U / (m n) - 1/2 that the bets on harm are made for. */
    private static final double[] HARMS = {0.06, 0.2};

    /** U / (m n) of equal distributions, and the furthest that it can be from it. */
    private static final double HALF = 0.5;

    private static final double RUNG_STAKE = 0.6;
    private static final int FEWEST_FOR_SPREAD = 3;

    private final MetricKind kind;
    private final Allow allow;
    private final Allow margin;
    private final double sticky;

    /** @param sticky seconds for which users stay on their side, 0 where they don't */
    ValueWatch(MetricKind kind, Allow allow, Allow margin, double sticky) {
        this.kind = kind;
        this.allow = allow;
        this.margin = margin;
        this.sticky = sticky;
    }

    /**
     * Location.
     *
     * @param c the canary's values, sorted and not empty
     * @param b the baseline's, likewise
     * @param clip whether bets may be clipped: with a canary share of at most about one half
     */
    EProcess location(EProcess s, BlockLength block, double[] c, double[] b, boolean clip) {
        double level = Ranks.median(b);
        double canaryLevel = Ranks.median(c);
        double pairs = (double) c.length * b.length;
        LocationQuestions questions = new LocationQuestions(allow, margin, kind, c, b, level);
        double weight = weight(c, b);
        double effect =
                kind == MetricKind.GAUGE || level == 0 ? canaryLevel - level : (canaryLevel - level) / Math.abs(level);
        PhaseSums sums = new PhaseSums(
                c.length * canaryLevel,
                c.length,
                b.length * level,
                b.length,
                weight * effect,
                weight,
                (questions.same() - pairs / 2) / (c.length + b.length + 1.0),
                pairs / (12.0 * (c.length + b.length + 1.0)),
                Overdispersion.NONE);
        Block all = s.block().plus(block.lookSeconds(), sums, weight, questions.answers(s));
        return block.isWhole(all) ? bet(s, all, clip) : s.waiting(all);
    }

    /** Bets on the location that waits, whether it is a whole block or not. */
    EProcess bet(EProcess s, Block all, boolean clip) {
        double[] x = all.means();
        double sigma = all.sigma();
        EProcess.Factors factors = new EProcess.Factors() {
            @Override
            public double[] harm(Direction d) {
                return Bets.harm(x[LocationQuestions.harm(d)], HALF, sigma, HARMS, clip);
            }

            @Override
            public double[] proof(Direction d) {
                return Bets.symmetric(x[LocationQuestions.proof(d)], HALF, sigma);
            }
        };
        Capital climbed = s.ladder() == null
                ? null
                : ConfidenceSequence.climb(s.ladder(), s.looks(), (rung, above) -> {
                    double at = x[LocationQuestions.rung(rung)];
                    return Bets.symmetric(above ? at : -at, HALF, sigma, RUNG_STAKE);
                });
        return s.times(
                factors.ofPart(BlockLength.ofAStay(all, sticky)),
                BlockLength.fadingSeconds(all, sticky),
                climbed,
                s.sums().plus(all.sums()));
    }

    /** A stratum's weight: van Elteren's, twelve times the reciprocal of U's variance. */
    private static double weight(double[] c, double[] b) {
        return (double) c.length * b.length / (c.length + b.length + 1.0);
    }

    /**
     * Spread: deviations from each side's own median, as a number and relative to that median; the smaller of both counts, so
     * that neither a shifted nor a rescaled copy of the baseline is called more spread. Only more spread harms.
     */
    EProcess spread(EProcess s, BlockLength block, double[] c, double[] b, boolean clip) {
        if (c.length < FEWEST_FOR_SPREAD || b.length < FEWEST_FOR_SPREAD) {
            return s;
        }
        double[] dc = Ranks.deviations(c);
        double[] db = Ranks.deviations(b);
        PhaseSums sums = new PhaseSums(
                dc.length * Ranks.median(dc),
                dc.length,
                db.length * Ranks.median(db),
                db.length,
                0,
                0,
                0,
                0,
                Overdispersion.NONE);
        double[] x = {spread(dc, db, Ranks.median(c) / Ranks.median(b))};
        Block all = s.block().plus(block.lookSeconds(), sums, weight(dc, db), x);
        return block.isWhole(all) ? betOnSpread(s, all, clip) : s.waiting(all);
    }

    /** Bets on the spread that waits, whether it is a whole block or not. */
    EProcess betOnSpread(EProcess s, Block all, boolean clip) {
        double[] harm = Bets.harm(all.means()[0], HALF, all.sigma(), HARMS, clip);
        return s.times(
                new Wider(harm).ofPart(BlockLength.ofAStay(all, sticky)),
                BlockLength.fadingSeconds(all, sticky),
                null,
                s.sums().plus(all.sums()));
    }

    /** More spread harms, and nothing is to be proven of it. */
    private record Wider(double[] factors) implements EProcess.Factors {
        @Override
        public double[] harm(Direction direction) {
            return factors;
        }

        @Override
        public double[] proof(Direction direction) {
            return new double[0];
        }
    }

    /** @param ratio of the medians */
    private double spread(double[] dc, double[] db, double ratio) {
        double pairs = (double) dc.length * db.length;
        double allowed = allow.relative() ? 1 + allow.value() : 1;
        double x = Ranks.u(dc, db, allowed, 0) / pairs - HALF;
        if (x > 0 && ratio > 0 && Double.isFinite(ratio)) {
            x = Math.min(x, Ranks.u(dc, db, allowed * ratio, 0) / pairs - HALF);
        }
        return x;
    }
}
