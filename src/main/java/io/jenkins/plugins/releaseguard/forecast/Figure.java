// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * A number of a service's past.
 *
 * @param value NaN where nobody knows it
 * @param from where it is from; of an unknown one, why it is unknown
 */
public record Figure(double value, String from) {
    /** @param why it can't be had, as a clause */
    public static Figure unknown(String why) {
        return new Figure(Double.NaN, why);
    }

    public boolean known() {
        return !Double.isNaN(value);
    }
}
