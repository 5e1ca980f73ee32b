// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import io.jenkins.plugins.releaseguard.judge.rank.Ties;
import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * Where the standardised rank statistic of the shifted canary crosses a quantile: once as Kayenta finds it, with the root finder
 * of R's {@code wilcox.test} and its absolute tolerance, and once exactly.
 */
final class KayentaInterval {
    /** In the metric's unit, whatever its scale: what {@code wilcox.test} asks of the root finder, and so does Kayenta. */
    private static final double TOLERANCE = 1e-4;

    private final double[] canary;
    private final double[] baseline;
    private final double from;
    private final double to;

    /** Both sorted. */
    KayentaInterval(double[] canary, double[] baseline) {
        this.canary = canary;
        this.baseline = baseline;
        from = canary[0] - baseline[baseline.length - 1];
        to = canary[canary.length - 1] - baseline[0];
    }

    /** The shift at which the statistic equals z; the end of the range where it never does. */
    double limit(double z) {
        double atFrom = statistic(from, z);
        double atTo = statistic(to, z);
        return atFrom <= 0 ? from : atTo >= 0 ? to : root(z, atFrom, atTo);
    }

    /** The shift at which both sides rank alike. */
    double estimate() {
        return root(0, statistic(from, 0), statistic(to, 0));
    }

    private double root(double z, double atFrom, double atTo) {
        return Zeroin.root(shift -> statistic(shift, z), from, to, atFrom, atTo, TOLERANCE);
    }

    /** The data's own difference at which the statistic jumps across z. */
    double exact(double z) {
        long pairs = (long) canary.length * baseline.length;
        double sigma = MannWhitney.sigma(canary.length, baseline.length, ownTies(canary) + ownTies(baseline));
        double d = Math.abs(z) * sigma + 0.5;
        long rank = (long) Math.floor(pairs / 2.0 - d) + 1;
        rank = Math.max(1, rank);
        return Shift.difference(canary, baseline, z > 0 ? rank : pairs + 1 - rank);
    }

    private static double ownTies(double[] v) {
        return Ties.sum(v, new double[0]);
    }

    double statistic(double shift, double z) {
        double[] moved = new double[canary.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = canary[i] - shift;
        }
        double d = Ranks.u(moved, baseline, 1, 0) - (double) canary.length * baseline.length / 2;
        double sigma = MannWhitney.sigma(canary.length, baseline.length, Ties.sum(moved, baseline));
        if (!(sigma > 0)) {
            throw new ArithmeticException("all values are tied at a shift of " + Quantity.number(shift)
                    + ": Kayenta gives no interval (one point a side?)");
        }
        return (d - 0.5 * Math.signum(d)) / sigma - z;
    }
}
