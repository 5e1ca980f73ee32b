// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import io.jenkins.plugins.releaseguard.judge.Numbers;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import io.jenkins.plugins.releaseguard.judge.rank.Ties;

/**
 * Where the standardised rank statistic of the shifted canary crosses a quantile: once as Kayenta finds it, by Brent's method
 * (Algorithms for Minimization without Derivatives, 1973, chapter 4) stopping at an absolute 1e-4, and once exactly.
 */
final class KayentaInterval {
    private static final double STOP = 1e-4;
    private static final double EPSILON = Math.ulp(1.0);

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
        return atFrom <= 0 ? from : atTo >= 0 ? to : brent(z, atFrom, atTo);
    }

    double estimate() {
        return brent(0, statistic(from, 0), statistic(to, 0));
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
            throw new ArithmeticException("all values are tied at a shift of " + Numbers.show(shift)
                    + ": Kayenta gives no interval (one point a side?)");
        }
        return (d - 0.5 * Math.signum(d)) / sigma - z;
    }

    private double brent(double z, double atFrom, double atTo) {
        double best = to;
        double fBest = atTo;
        double before = from;
        double fBefore = atFrom;
        double opposite = from;
        double fOpposite = atFrom;
        if (zero(atFrom)) {
            return from;
        }
        if (zero(atTo)) {
            return to;
        }
        for (int i = 0; i <= 1000; i++) {
            double last = best - before;
            if (Math.abs(fOpposite) < Math.abs(fBest)) {
                before = best;
                best = opposite;
                opposite = before;
                fBefore = fBest;
                fBest = fOpposite;
                fOpposite = fBefore;
            }
            double tolerance = 2 * EPSILON * Math.abs(best) + STOP / 2;
            double half = (opposite - best) / 2;
            if (Math.abs(half) <= tolerance || zero(fBest)) {
                return best;
            }
            double step = half;
            if (Math.abs(last) >= tolerance && Math.abs(fBefore) > Math.abs(fBest)) {
                step = interpolated(best, before, opposite, fBest, fBefore, fOpposite, last, tolerance);
            }
            if (Math.abs(step) < tolerance) {
                step = step > 0 ? tolerance : -tolerance;
            }
            before = best;
            fBefore = fBest;
            best += step;
            fBest = statistic(best, z);
            if (fBest > 0 && fOpposite > 0 || fBest < 0 && fOpposite < 0) {
                opposite = before;
                fOpposite = fBefore;
            }
        }
        return best;
    }

    /** The secant or inverse quadratic step where it stays well inside the bracket and converges, otherwise the half. */
    private static double interpolated(
            double b, double a, double c, double fb, double fa, double fc, double last, double tolerance) {
        double width = c - b;
        double p;
        double q;
        if (a == c) {
            double s = fb / fa;
            p = width * s;
            q = 1 - s;
        } else {
            double r = fa / fc;
            double s = fb / fc;
            double t = fb / fa;
            p = t * (width * r * (r - s) - (b - a) * (s - 1));
            q = (r - 1) * (s - 1) * (t - 1);
        }
        if (p > 0) {
            q = -q;
        } else {
            p = -p;
        }
        boolean inside = p < 0.75 * width * q - Math.abs(tolerance * q) / 2 && p < Math.abs(last * q / 2);
        return inside ? p / q : width / 2;
    }

    /** Within one unit in the last place of nothing, as Kayenta's library compares. */
    private static boolean zero(double v) {
        return Math.abs(v) <= Double.MIN_VALUE;
    }
}
