// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

/**
 * A number with its unit: {@code %} with the value as a fraction, {@code s} with the value in seconds, {@code B} in
 * bytes, or empty.
 */
public record Amount(double value, String unit) {
    /** The value in a metric's own unit, NaN where the two can't be converted. */
    public double in(String target) {
        if (unit.isEmpty() || unit.equals(target)) {
            return value;
        }
        if (unit.equals("s")) {
            return switch (target) {
                case "s", "seconds" -> value;
                case "ms", "milliseconds" -> value * 1e3;
                case "us", "µs" -> value * 1e6;
                default -> Double.NaN;
            };
        }
        return Double.NaN;
    }
}
