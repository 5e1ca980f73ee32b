// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * A level that wanders and comes back.
 *
 * @param sd of its logarithm; 0 for none
 * @param seconds after which a third of a deviation is left
 */
record Lasting(double sd, double seconds) {
    static final Lasting NONE = new Lasting(0, 1);

    /** The deviation so many seconds after one. */
    double next(double before, double after, Dice dice) {
        if (sd == 0) {
            return 0;
        }
        double kept = Math.exp(-after / seconds);
        return kept * before + sd * Math.sqrt(1 - kept * kept) * dice.normal();
    }
}
