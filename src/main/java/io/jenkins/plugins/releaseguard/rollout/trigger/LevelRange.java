// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;

/**
 * Between what a number lies that a look tells: of a quantile of a histogram that is its bucket, and where in it, nobody knows. Of
 * every other number both ends are the number itself.
 *
 * @param low it is above it, or it
 * @param high it is at most it; infinite for a bucket without an end; NaN, as the other, where nothing is known
 */
record LevelRange(double low, double high) {
    static final LevelRange UNKNOWN = of(Double.NaN);
    private static final double SLACK = 1e-9;

    static LevelRange of(double value) {
        return new LevelRange(value, value);
    }

    boolean isUnknown() {
        return Double.isNaN(low);
    }

    boolean isExact() {
        return low == high;
    }

    /** Whether the comparison holds wherever it lies. A bucket's lower bound is no part of it, so that a bound at the limit tells. */
    boolean surely(Comparison c, double limit) {
        return switch (c) {
            case GREATER, GREATER_OR_EQUAL -> isExact() ? c.holds(low, limit) : atLeast(low, limit);
            case LESS, LESS_OR_EQUAL -> isExact() ? c.holds(low, limit) : atLeast(limit, high);
            case EQUAL -> isExact() && c.holds(low, limit);
        };
    }

    /** Whether it holds nowhere. */
    boolean never(Comparison c, double limit) {
        return isExact()
                ? !c.holds(low, limit)
                : switch (c) {
                    case GREATER, GREATER_OR_EQUAL -> atLeast(limit, high);
                    case LESS, LESS_OR_EQUAL -> atLeast(low, limit);
                    case EQUAL -> !atLeast(high, limit) || atLeast(low, limit);
                };
    }

    /** Bounds and limits come in other units each: 0.7 s is 700 times 0.001, which is a little more. */
    private static boolean atLeast(double a, double b) {
        return a >= b - SLACK * Math.abs(b);
    }
}
