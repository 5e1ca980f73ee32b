// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

/**
 * How much a counter rose in a range, extrapolated to the range's ends as Prometheus does (promql/functions.go,
 * extrapolatedRate): at most half an average gap beyond the first and last point, and not below zero at the start.
 */
final class Increase {
    private Increase() {}

    /** NaN where the range holds fewer than two points. Times in milliseconds; the range is {@code from} to {@code to}. */
    static double of(long[] times, double[] values, long from, long to) {
        int n = times.length;
        if (n < 2) {
            return Double.NaN;
        }
        double rise = values[n - 1] - values[0];
        for (int i = 1; i < n; i++) {
            if (values[i] < values[i - 1]) {
                rise += values[i - 1];
            }
        }
        double sampled = (times[n - 1] - times[0]) / 1000.0;
        double gap = sampled / (n - 1);
        double before = (times[0] - from) / 1000.0;
        double after = (to - times[n - 1]) / 1000.0;
        if (rise > 0 && values[0] >= 0) {
            before = Math.min(before, sampled * (values[0] / rise));
        }
        double reach = gap * 1.1;
        double covered = sampled + (before < reach ? before : gap / 2) + (after < reach ? after : gap / 2);
        return rise * covered / sampled;
    }
}
