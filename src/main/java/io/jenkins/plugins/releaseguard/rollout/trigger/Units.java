// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.text.Quantity;

/** Numbers with their units, as people read them. */
public final class Units {
    private Units() {}

    /** A threshold's value ({@code s} in seconds, {@code %} as a fraction) in the metric's own unit. */
    public static double inUnitOf(Metric metric, double value, String unit) {
        String own = metric.unit() == null ? "" : metric.unit();
        return switch (unit == null ? "" : unit) {
            case "s" ->
                switch (own) {
                    case "ms", "milliseconds" -> value * 1e3;
                    case "us", "µs" -> value * 1e6;
                    default -> value;
                };
            case "B" ->
                switch (own) {
                    case "KB" -> value / 1e3;
                    case "MB" -> value / 1e6;
                    case "GB" -> value / 1e9;
                    case "KiB" -> value / 0x1p10;
                    case "MiB" -> value / 0x1p20;
                    case "GiB" -> value / 0x1p30;
                    default -> value;
                };
            // a rate is a fraction, what is in % is not
            case "%" -> metric.kind() != Metric.Kind.RATE && own.equals("%") ? value * 100 : value;
            default -> value;
        };
    }

    /** For instance {@code 2.31 %} for a rate, {@code 142 ms} for a latency; {@code unknown} for NaN. */
    public static String text(Metric metric, double value) {
        return beside(metric, value, Double.NaN);
    }

    /** The same, with digits enough to tell the value from the limit; NaN for none. */
    public static String beside(Metric metric, double value, double limit) {
        String unit = metric.unit() == null ? "" : metric.unit();
        return metric.kind() == Metric.Kind.RATE
                ? Quantity.beside(value, limit, "%")
                : Quantity.inUnit(value, limit, unit);
    }
}
