// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.text.Decimals;
import java.time.Duration;
import java.util.List;

/**
 * A condition such as {@code >2% of requests for 5 minutes}. {@code sustained} is how long it must hold without a
 * break (zero: at once). Of several conditions ({@code terms.joint()}) what stands here beside the text is the first one's.
 */
@Beta
public record Threshold(
        String text, Comparison comparison, Bound bound, Duration sustained, String note, ThresholdTerms terms) {
    /** A number on every look, and nothing else. */
    public Threshold(String text, Comparison comparison, Bound bound, Duration sustained, String note) {
        this(text, comparison, bound, sustained, note, ThresholdTerms.PLAIN);
    }

    /** The same without a time that it must hold for. */
    public Threshold atOnce() {
        return lasting(Duration.ZERO);
    }

    public Threshold lasting(Duration sustained) {
        return new Threshold(text, comparison, bound, sustained, note, terms);
    }

    /** Each of its conditions by itself; itself where it is one. */
    public List<Threshold> conditions() {
        return terms.joint() == null ? List.of(this) : terms.joint().conditions();
    }

    /** The same with other terms. */
    public Threshold with(ThresholdTerms terms) {
        return new Threshold(text, comparison, bound, sustained, note, terms);
    }

    /** Whether one number can be held against it: it speaks of no quantile, window, share of looks or second condition. */
    public boolean isPlain() {
        return terms.equals(ThresholdTerms.PLAIN);
    }

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

        /** The one that holds on the other side: {@code <} for {@code >}. */
        public Comparison turned() {
            return switch (this) {
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case EQUAL -> EQUAL;
            };
        }

        public String sign() {
            return sign;
        }

        /** Decimals compared as they were written; NaN holds nothing. */
        public boolean holds(double value, double limit) {
            if (Double.isNaN(value) || Double.isNaN(limit)) {
                return false;
            }
            int side = Decimals.compare(value, limit);
            return switch (this) {
                case GREATER -> side > 0;
                case GREATER_OR_EQUAL -> side >= 0;
                case LESS -> side < 0;
                case LESS_OR_EQUAL -> side <= 0;
                case EQUAL -> side == 0;
            };
        }
    }

    /** What a value is compared with. */
    public sealed interface Bound {}

    /**
     * A fixed limit in {@code unit}: {@code %} with {@code value} as a fraction (0.02), {@code s} in seconds, {@code B} in
     * bytes, {@code /s} in events a second, or empty.
     */
    public record Fixed(double value, String unit) implements Bound {}

    /** The baseline plus an amount: {@code unit} {@code %} means percentage points of a rate, as a fraction. */
    public record AboveBaseline(double amount, String unit) implements Bound {}

    /** So many standard deviations of the baseline's looks above their mean; below it where {@code count} is negative. */
    public record Sigma(double count) implements Bound {}

    /** A multiple of the baseline. */
    public record TimesBaseline(double factor) implements Bound {}

    /**
     * An SLO burn rate that both windows must exceed (SRE Workbook, Alerting on SLOs); {@code shortWindow} may be
     * null.
     */
    public record Burn(double rate, Duration longWindow, Duration shortWindow) implements Bound {}
}
