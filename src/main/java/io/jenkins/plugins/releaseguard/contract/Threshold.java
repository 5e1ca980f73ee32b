// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;

/**
 * A condition such as {@code >2% of requests for 5 minutes}. {@code sustained} is how long it must hold without a
 * break (zero: at once).
 */
@Beta
public record Threshold(String text, Comparison comparison, Bound bound, Duration sustained, String note) {
    public enum Comparison {
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        EQUAL("=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean holds(double value, double limit) {
            return switch (this) {
                case GREATER -> value > limit;
                case GREATER_OR_EQUAL -> value >= limit;
                case LESS -> value < limit;
                case LESS_OR_EQUAL -> value <= limit;
                case EQUAL -> value == limit;
            };
        }
    }

    /** What a value is compared with. */
    public sealed interface Bound {}

    /**
     * A fixed limit in {@code unit}: {@code %} with {@code value} as a fraction (0.02), {@code s} in seconds, or
     * empty.
     */
    public record Fixed(double value, String unit) implements Bound {}

    /** The baseline plus an amount: {@code unit} {@code %} means percentage points of a rate, as a fraction. */
    public record AboveBaseline(double amount, String unit) implements Bound {}

    /** A multiple of the baseline. */
    public record TimesBaseline(double factor) implements Bound {}

    /**
     * An SLO burn rate that both windows must exceed (SRE Workbook, Alerting on SLOs); {@code shortWindow} may be
     * null.
     */
    public record Burn(double rate, Duration longWindow, Duration shortWindow) implements Bound {}
}
