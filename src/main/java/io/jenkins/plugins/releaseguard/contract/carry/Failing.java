// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A condition that breaks a release, and the one place where it becomes a sentence of the threshold language.
 *
 * @param sign {@code >}, {@code >=}, {@code <} or {@code <=}
 * @param bound a number, a multiple of the baseline, or what is added to it, by the relation
 * @param relation what the bound is
 */
record Failing(String sign, BigDecimal bound, Relation relation) {
    enum Relation {
        FIXED,
        TIMES_BASELINE,
        PLUS_BASELINE
    }

    static Failing fixed(String sign, BigDecimal bound) {
        return new Failing(sign, bound, Relation.FIXED);
    }

    /** What breaks it where this is what must hold; null for signs that have no opposite here. */
    static String opposite(String sign) {
        return switch (sign) {
            case ">" -> "<=";
            case ">=" -> "<";
            case "<" -> ">=";
            case "<=" -> ">";
            default -> null;
        };
    }

    /** The same seen from the other end of the scale. */
    static String mirrored(String sign) {
        return sign.replace('<', '!').replace('>', '<').replace('!', '>');
    }

    boolean below() {
        return sign.startsWith("<");
    }

    /** Whether the other holds wherever this does. */
    boolean implies(Failing other) {
        if (relation != other.relation || below() != other.below() || above() != other.above()) {
            return false;
        }
        int than = bound.compareTo(other.bound);
        return than == 0
                ? sign.equals(other.sign) || other.sign.length() == 2
                : above() && than > 0 || below() && than < 0;
    }

    boolean above() {
        return sign.startsWith(">");
    }

    /** The share of goods as that of bads: {@code < 99%} is {@code > 1%}. */
    Failing ofBads() {
        return switch (relation) {
            case FIXED -> new Failing(mirrored(sign), BigDecimal.valueOf(100).subtract(bound), relation);
            case PLUS_BASELINE -> new Failing(mirrored(sign), bound.negate(), relation);
            case TIMES_BASELINE -> null;
        };
    }

    Failing times(BigDecimal factor) {
        return relation == Relation.TIMES_BASELINE ? this : new Failing(sign, bound.multiply(factor), relation);
    }

    /** The same in another scale: divided, to nine digits. */
    Failing dividedBy(BigDecimal factor) {
        return relation == Relation.TIMES_BASELINE
                ? this
                : new Failing(sign, bound.divide(factor, 9, RoundingMode.HALF_EVEN), relation);
    }

    /**
     * As a contract says it.
     *
     * @param unit {@code %}, a time's or none
     */
    String words(String unit) {
        return sign + " "
                + switch (relation) {
                    case FIXED -> Numbers.written(bound) + unit;
                    case TIMES_BASELINE -> Numbers.written(bound) + "x baseline";
                    case PLUS_BASELINE ->
                        bound.signum() == 0
                                ? "baseline"
                                : "baseline " + (bound.signum() < 0 ? "-" : "+") + " " + Numbers.written(bound.abs())
                                        + unit;
                };
    }

    /** A burn of the error budget, over a long and a short window. */
    static String burn(BigDecimal factor, Duration over, Duration and, Duration sustained) {
        boolean lasting = sustained != null && !sustained.isZero();
        return "burn > " + Numbers.written(factor) + " over " + Numbers.written(over)
                + (and == null ? "" : " and " + Numbers.written(and))
                + (lasting ? " for " + Numbers.written(sustained) : "");
    }
}
