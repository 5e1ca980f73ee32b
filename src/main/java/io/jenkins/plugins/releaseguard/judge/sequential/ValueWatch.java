// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/**
 * Values of two variants, look by look: each look is a stratum (van Elteren 1960), so a level that drifts for both does not
 * matter. The look's U / (m n) has mean one half when both sides draw from the same distribution, whatever that is.
 */
public final class ValueWatch {
    private static final double[] HARMS = {0.06, 0.2};

    private final MetricKind kind;
    private final Allow allow;
    private final Allow margin;

    ValueWatch(MetricKind kind, Allow allow, Allow margin) {
        this.kind = kind;
        this.allow = allow;
        this.margin = margin;
    }

    /** Both samples sorted and not empty. */
    EProcess location(EProcess s, double[] c, double[] b, boolean clip) {
        double level = Ranks.median(b);
        double canaryLevel = Ranks.median(c);
        double pairs = (double) c.length * b.length;
        double sigma = Ranks.sigma(c.length, b.length);
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
        double stop = allow.value();
        double prove = margin.value();
        Capital up = s.up();
        if (up != null) {
            double x = deviation(c, b, pairs, level, 1 + stop, stop, allow.relative());
            up = up.times(Bets.harm(x, 0.5, sigma, HARMS, clip));
        }
        Capital down = s.down();
        if (down != null) {
            double x = -deviation(c, b, pairs, level, Math.max(0, 1 - stop), -stop, allow.relative());
            down = down.times(Bets.harm(x, 0.5, sigma, HARMS, clip));
        }
        boolean identical = c[0] == c[c.length - 1] && b[0] == b[b.length - 1] && c[0] == b[0];
        Capital proof = s.proof();
        if (proof != null) {
            double x = identical ? 0.5 : -deviation(c, b, pairs, level, 1 + prove, prove, margin.relative());
            proof = proof.times(Bets.symmetric(x, 0.5, sigma));
        }
        Capital proofDown = s.proofDown();
        if (proofDown != null) {
            double least = Math.max(0.05, 1 - prove);
            double shift = margin.relative() ? least - 1 : -prove;
            double x = identical ? 0.5 : deviation(c, b, pairs, level, least, shift, margin.relative());
            proofDown = proofDown.times(Bets.symmetric(x, 0.5, sigma));
        }
        Capital ladder = s.ladder();
        if (ladder != null) {
            ladder = ConfidenceSequence.climb(ladder, new ConfidenceSequence.Rung() {
                private double ratio = Double.NaN;
                private double x;

                @Override
                public double factor(double rung, boolean above) {
                    if (rung != ratio) { // both directions of a rung share one pass over the samples
                        ratio = rung;
                        x = deviation(c, b, pairs, level, rung, rung - 1, true);
                    }
                    return Bets.symmetric(above ? x : -x, 0.5, sigma, 0.6);
                }
            });
        }
        return new EProcess(up, down, proof, proofDown, ladder, sums);
    }

    /** U / (m n) - 1/2 after moving the baseline: a duration is scaled, a gauge shifted by its level's part. */
    private double deviation(
            double[] c, double[] b, double pairs, double level, double scale, double shift, boolean relative) {
        double u = !relative
                ? Ranks.u(c, b, 1, shift)
                : kind == MetricKind.GAUGE ? Ranks.u(c, b, 1, shift * Math.abs(level)) : Ranks.u(c, b, scale, 0);
        return u / pairs - 0.5;
    }

    /**
     * Deviations from each side's own median, as a number and relative to that median; the smaller of both counts, so that
     * neither a shifted nor a rescaled copy of the baseline is called more spread.
     */
    EProcess spread(EProcess s, double[] c, double[] b, boolean clip) {
        if (c.length < 3 || b.length < 3 || s.up() == null) {
            return s;
        }
        double[] dc = deviations(c);
        double[] db = deviations(b);
        double pairs = (double) dc.length * db.length;
        double allowed = allow.relative() ? 1 + allow.value() : 1;
        double x = Ranks.u(dc, db, allowed, 0) / pairs - 0.5;
        double ratio = Ranks.median(c) / Ranks.median(b);
        if (x > 0 && ratio > 0 && Double.isFinite(ratio)) {
            x = Math.min(x, Ranks.u(dc, db, allowed * ratio, 0) / pairs - 0.5);
        }
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
        Capital up = s.up().times(Bets.harm(x, 0.5, Ranks.sigma(dc.length, db.length), HARMS, clip));
        return new EProcess(up, null, null, null, null, sums);
    }

    /** Sorted distances from the median, by walking outward from it. */
    public static double[] deviations(double[] sorted) {
        double median = Ranks.median(sorted);
        double[] d = new double[sorted.length];
        int right = sorted.length / 2;
        int left = right - 1;
        for (int i = 0; i < d.length; i++) {
            boolean takeRight = left < 0 || right < sorted.length && sorted[right] - median <= median - sorted[left];
            d[i] = Math.max(0, takeRight ? sorted[right++] - median : median - sorted[left--]);
        }
        return d;
    }
}
