// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.Arrays;

/**
 * A time that is not known yet, in seconds; infinite where it is longer than was looked.
 *
 * @param median half of the releases take less
 * @param ninety nine of ten take less
 * @param low 95 of 100 releases lie between this
 * @param high and that
 */
public record Outlook(double median, double ninety, double low, double high) {
    /** Of simulated times; unknown (NaN) of none. */
    static Outlook of(double[] times) {
        double[] t = times.clone();
        Arrays.sort(t);
        return new Outlook(at(t, 0.5), at(t, 0.9), at(t, 0.025), at(t, 0.975));
    }

    private static double at(double[] sorted, double p) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
    }
}
