// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

/**
 * How far a baseline's looks lie apart, updated look by look (Welford, Technometrics 4 (1962) 419).
 *
 * @param looks seen
 * @param mean of their numbers
 * @param squares of their distances from it, summed
 */
record Spread(int looks, double mean, double squares) {
    static final Spread NONE = new Spread(0, 0, 0);

    /** Of fewer, the deviation itself is off by a quarter and more. */
    static final int LEAST = 10;

    /** With one more look; the same where it has no number. */
    Spread with(double value) {
        if (!Double.isFinite(value)) {
            return this;
        }
        double next = mean + (value - mean) / (looks + 1);
        return new Spread(looks + 1, next, squares + (value - mean) * (value - next));
    }

    boolean isEnough() {
        return looks >= LEAST;
    }

    /** So many standard deviations from the mean. */
    double at(double count) {
        return mean + count * Math.sqrt(squares / (looks - 1));
    }
}
