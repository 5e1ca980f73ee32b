// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

/** The standard normal distribution. */
final class Normal {
    private Normal() {}

    /** What lies above, to seven digits (Abramowitz and Stegun 26.2.17). */
    static double survival(double z) {
        if (z < 0) {
            return 1 - survival(-z);
        }
        double t = 1 / (1 + 0.2316419 * z);
        double poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * poly;
    }
}
