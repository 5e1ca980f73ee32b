// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/** A direction in which a canary can differ from its baseline. Where both harm, every question is asked once in each. */
public enum Direction {
    UP,
    DOWN;

    /**
     * A deviation as seen in this direction, positive when it lies this way.
     *
     * @param deviation canary minus baseline
     */
    public double along(double deviation) {
        return this == UP ? deviation : -deviation;
    }

    /**
     * The ratio of canary to baseline at which a relative margin ends.
     *
     * @param margin a fraction of the baseline's level
     * @param least what a ratio downwards never falls below
     */
    public double ratio(double margin, double least) {
        return this == UP ? 1 + margin : Math.max(least, 1 - margin);
    }

    /** A ratio moved further in this direction by a factor above 1. */
    public double further(double ratio, double factor) {
        return this == UP ? ratio * factor : ratio / factor;
    }
}
