// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers compared as the decimals that people wrote or divided them from: 999 of 1000 is 99.9 %, though 99.9 / 100 is a hair more than
 * 999 / 1000 in binary. What agrees in fifteen significant digits is the same.
 */
public final class Decimals {
    private static final MathContext DIGITS = new MathContext(15);
    private static final double NEAR = 1e-12;

    private Decimals() {}

    /** As {@link Double#compare}, with NaN above all. */
    public static int compare(double a, double b) {
        boolean near = Math.abs(a - b) <= NEAR * Math.max(Math.abs(a), Math.abs(b));
        return near && Double.isFinite(a) && Double.isFinite(b)
                ? round(BigDecimal.valueOf(a)).compareTo(round(BigDecimal.valueOf(b)))
                : Double.compare(a, b);
    }

    static BigDecimal round(BigDecimal number) {
        return number.round(DIGITS);
    }
}
