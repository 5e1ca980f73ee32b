// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;

/** A metric's levels and margins as its sentences say them, each with its unit. */
public final class LevelText {
    private LevelText() {}

    /** {@code 2.31 %} of a rate, {@code 142 ms}, {@code 0.02 retries a request} of a count. */
    public static String level(MetricConfig m, double value) {
        if (m.kind() == MetricKind.RATE) {
            return Double.isNaN(value) ? Quantity.UNKNOWN : Quantity.percent(value);
        }
        String own = Quantity.text(value, m.unit());
        return m.kind() == MetricKind.COUNT && Double.isFinite(value) ? own + " a request" : own;
    }

    /** How far two levels are apart: of a rate in percentage points. */
    public static String difference(MetricConfig m, double value) {
        return m.kind() == MetricKind.RATE ? Quantity.number(100 * value) + " percentage points" : level(m, value);
    }

    /** What a metric allows: a share of the baseline's level, or a difference. */
    public static String allowed(MetricConfig m) {
        Allow allow = m.allow();
        return allow.relative() ? Quantity.percent(allow.value()) : difference(m, allow.value());
    }
}
