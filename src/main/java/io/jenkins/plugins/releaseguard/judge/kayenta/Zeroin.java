// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import java.util.function.DoubleUnaryOperator;

/**
 * The root finder ZEROIN: Dekker's and Brent's method (Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4)
 * in the form of Forsythe, Malcolm and Moler (Computer Methods for Mathematical Computations, 1977, chapter 7), step by step as in
 * the C version of netlib that is behind R's {@code uniroot}. Kayenta translated that version; so do we, since a verdict can
 * depend on where it stops. The solver of commons-math and commons-numbers is Brent's own: it stops at the whole tolerance
 * instead of half of it, and judges a step by the last but one, so it ends elsewhere.
 */
final class Zeroin {
    private static final double EPSILON = Math.ulp(1.0);

    /** As many as {@code uniroot} allows. */
    private static final int STEPS = 1000;

    /** A step by interpolation ends within so much of the way to the other end of the bracket. */
    private static final double INSIDE = 0.75;

    private Zeroin() {}

    /**
     * A root of a function between two values of opposite sign.
     *
     * @param atFrom its value at {@code from}
     * @param atTo its value at {@code to}
     * @param tolerance of the root, absolute, in the unit of {@code from}
     * @return the end itself where it is a root, and the last approximation when no step is left
     */
    static double root(
            DoubleUnaryOperator function, double from, double to, double atFrom, double atTo, double tolerance) {
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
        for (int i = 0; i <= STEPS; i++) {
            double last = best - before;
            if (Math.abs(fOpposite) < Math.abs(fBest)) {
                before = best;
                best = opposite;
                opposite = before;
                fBefore = fBest;
                fBest = fOpposite;
                fOpposite = fBefore;
            }
            double near = 2 * EPSILON * Math.abs(best) + tolerance / 2;
            double half = (opposite - best) / 2;
            if (Math.abs(half) <= near || zero(fBest)) {
                return best;
            }
            double step = half;
            if (Math.abs(last) >= near && Math.abs(fBefore) > Math.abs(fBest)) {
                step = interpolated(best, before, opposite, fBest, fBefore, fOpposite, last, near);
            }
            if (Math.abs(step) < near) {
                step = step > 0 ? near : -near;
            }
            before = best;
            fBefore = fBest;
            best += step;
            fBest = function.applyAsDouble(best);
            if (fBest > 0 && fOpposite > 0 || fBest < 0 && fOpposite < 0) {
                opposite = before;
                fOpposite = fBefore;
            }
        }
        return best;
    }

    /** The secant or inverse quadratic step where it stays well inside the bracket and converges, otherwise the half. */
    private static double interpolated(
            double b, double a, double c, double fb, double fa, double fc, double last, double near) {
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
        boolean inside = p < INSIDE * width * q - Math.abs(near * q) / 2 && p < Math.abs(last * q / 2);
        return inside ? p / q : width / 2;
    }

    /** Within one unit in the last place of nothing, as Kayenta compares. */
    private static boolean zero(double v) {
        return Math.abs(v) <= Double.MIN_VALUE;
    }
}
