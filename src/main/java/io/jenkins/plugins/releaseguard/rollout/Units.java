// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import java.util.Locale;

/** Numbers with their units, as people read them. */
public final class Units {
    private Units() {}

    /** A threshold's value ({@code s} in seconds, {@code %} as a fraction) in the metric's own unit. */
    static double inUnitOf(Metric metric, double value, String unit) {
        if ("s".equals(unit)) {
            return switch (metric.unit() == null ? "" : metric.unit()) {
                case "ms" -> value * 1e3;
                case "us", "µs" -> value * 1e6;
                default -> value;
            };
        }
        return value;
    }

    /** For instance {@code 2.31 %} for a rate, {@code 142 ms} for a latency; {@code unknown} for NaN. */
    public static String text(Metric metric, double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (metric.kind() == Metric.Kind.RATE) {
            return number(value * 100) + " %";
        }
        String unit = metric.unit() == null ? "" : metric.unit();
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        String pattern =
                size >= 100 || size == Math.rint(size) ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.01 ? "%.2f" : "%.2g";
        return String.format(Locale.ROOT, pattern, value);
    }
}
