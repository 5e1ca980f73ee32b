// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * Bad events among all, in one look. Doubles, since Prometheus' {@code increase()} interpolates.
 *
 * @param errors events of the look, not of the time before
 * @param total NaN where it is unknown
 */
public record Counts(double errors, double total) {
    /** Why these numbers cannot be counts, or null. A rate's errors cannot exceed its total; a count's can. */
    String fault(String field, boolean bounded) {
        if (Double.isNaN(errors) || Double.isInfinite(errors)) {
            return field + ".errors is not a finite number";
        }
        if (errors < 0) {
            return field + ".errors is negative (" + Quantity.number(errors) + "): did the counter reset?";
        }
        if (bounded && Double.isNaN(total) || Double.isInfinite(total)) {
            return field + ".total is not a finite number";
        }
        if (total < 0) {
            return field + ".total is negative (" + Quantity.number(total) + "): did the counter reset?";
        }
        if (bounded && errors > total * (1 + 1e-9)) {
            return field + ".errors (" + Quantity.number(errors) + ") exceeds " + field + ".total ("
                    + Quantity.number(total) + ")";
        }
        return null;
    }

    /**
     * The canary's share of events when its rate is a multiple of the baseline's.
     *
     * @param share of the exposure, 0 to 1
     * @param ratio canary's rate over baseline's
     */
    public static double shareAt(double share, double ratio) {
        return ratio * share / (ratio * share + 1 - share);
    }
}
