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

    /** A margin downwards is never more than all but a twentieth. */
    private static final double LEAST_RATIO = 0.05;

    private static final double RUNG_STAKE = 0.6;
    private static final int FEWEST_FOR_SPREAD = 3;

    private final MetricKind kind;
    private final Allow allow;
    private final Allow margin;

    ValueWatch(MetricKind kind, Allow allow, Allow margin) {
        this.kind = kind;
        this.allow = allow;
        this.margin = margin;
    }

    /**
     * Location.
     *
     * @param c the canary's values, sorted and not empty
     * @param b the baseline's, likewise
     * @param clip whether bets may be clipped: with a canary share of at most about one half
     */
    EProcess location(EProcess s, double[] c, double[] b, boolean clip) {
        double level = Ranks.median(b);
        double canaryLevel = Ranks.median(c);
        double pairs = (double) c.length * b.length;
        double same = Ranks.u(c, b, 1, 0);
        double weight = pairs / (c.length + b.length + 1.0);
        double effect =
                kind == MetricKind.GAUGE || level == 0 ? canaryLevel - level : (canaryLevel - level) / Math.abs(level);
        EProcess.Sums was = s.sums();
        EProcess.Sums sums = new EProcess.Sums(
                was.canary() + c.length * canaryLevel,
                was.canaryExposure() + c.length,
                was.baseline() + b.length * level,
                was.baselineExposure() + b.length,
                was.num() + weight * effect,
                was.den() + weight,
                was.z() + (same - pairs / 2) / (c.length + b.length + 1.0),
                was.zVariance() + pairs / (12.0 * (c.length + b.length + 1.0)),
                Overdispersion.NONE);
        LocationFactors look = new LocationFactors(c, b, level, clip);
        return s.times(look, s.ladder() == null ? null : look.climb(s.ladder(), s.looks()), sums);
    }

    private final class LocationFactors implements EProcess.Factors {
        private final double[] c;
        private final double[] b;
        private final double sigma;
        private final boolean clip;
        private final MovedBaseline moved;

        LocationFactors(double[] c, double[] b, double level, boolean clip) {
            this.c = c;
            this.b = b;
            this.sigma = Ranks.sigma(c.length, b.length);
            this.clip = clip;
            this.moved = new MovedBaseline(c, b, level, kind == MetricKind.GAUGE, Bets.clip(HALF, sigma));
        }

        @Override
        public double[] harm(Direction d) {
            double stop = allow.value();
            double x = d.along(moved.deviation(d.ratio(stop, 0), d.along(stop), allow.relative()));
            return Bets.harm(x, HALF, sigma, HARMS, clip);
        }

        @Override
        public double[] proof(Direction d) {
            if (c[0] == c[c.length - 1] && b[0] == b[b.length - 1] && c[0] == b[0]) {
                return Bets.symmetric(HALF, HALF, sigma); // one value on both sides
            }
            double prove = margin.value();
            double ratio = d.ratio(prove, LEAST_RATIO);
            double shift = d == Direction.DOWN && margin.relative() ? ratio - 1 : d.along(prove);
            return Bets.symmetric(-d.along(moved.clipped(ratio, shift, margin.relative())), HALF, sigma);
        }

        Capital climb(Capital ladder, int looks) {
            return ConfidenceSequence.climb(ladder, looks, new ConfidenceSequence.Rung() {
                private double ratio = Double.NaN;
                private double x;

                @Override
                public double factor(double rung, boolean above) {
                    if (rung != ratio) { // both directions of a rung share one pass over the samples
                        ratio = rung;
                        x = moved.clipped(rung, rung - 1, true);
                    }
                    return Bets.symmetric(above ? x : -x, HALF, sigma, RUNG_STAKE);
                }
            });
        }
    }

    /**
     * Spread: deviations from each side's own median, as a number and relative to that median; the smaller of both counts, so
     * that neither a shifted nor a rescaled copy of the baseline is called more spread. Only more spread harms.
     */
    EProcess spread(EProcess s, double[] c, double[] b, boolean clip) {
        if (c.length < FEWEST_FOR_SPREAD || b.length < FEWEST_FOR_SPREAD) {
            return s;
        }
        double[] dc = Ranks.deviations(c);
        double[] db = Ranks.deviations(b);
        EProcess.Sums was = s.sums();
        EProcess.Sums sums = new EProcess.Sums(
                was.canary() + dc.length * Ranks.median(dc),
                was.canaryExposure() + dc.length,
                was.baseline() + db.length * Ranks.median(db),
                was.baselineExposure() + db.length,
                0,
                0,
                0,
                0,
                Overdispersion.NONE);
        double x = spread(dc, db, Ranks.median(c) / Ranks.median(b));
        return s.times(new Wider(Bets.harm(x, HALF, Ranks.sigma(dc.length, db.length), HARMS, clip)), null, sums);
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
