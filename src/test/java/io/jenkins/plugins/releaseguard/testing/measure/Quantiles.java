// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** The middle, the 99th percentile (the nearest rank) and the largest of many numbers. */
public record Quantiles(int count, double p50, double p99, double max) {
    public static Quantiles of(Collection<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(d -> d).sorted().toArray();
        if (sorted.length == 0) {
            return new Quantiles(0, Double.NaN, Double.NaN, Double.NaN);
        }
        return new Quantiles(
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.99),
                Arrays.stream(sorted).max().orElseThrow());
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /** In seconds. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.3f s, p99 %.3f s, max %.3f s (%d)", p50, p99, max, count);
    }
}
