// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class Numbers {
    private static final MathContext FOUR = new MathContext(4);
    private static final MathContext TWELVE = new MathContext(12);

    private Numbers() {}

    /** Up to four significant digits, without an exponent where it can be avoided. */
    public static String show(double v) {
        if (!Double.isFinite(v)) {
            return Double.isNaN(v) ? "unknown" : v > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(v);
        if (size != 0 && (size < 1e-4 || size >= 1e9)) {
            return String.format(java.util.Locale.ROOT, "%.3g", v);
        }
        return strip(new BigDecimal(v).round(FOUR));
    }

    /** Twelve digits: a parsed percentage comes back as it was written. */
    static String plain(double v) {
        return strip(new BigDecimal(v).round(TWELVE));
    }

    public static String percent(double fraction) {
        return show(fraction * 100) + " %";
    }

    public static String whole(double v) {
        return Double.isFinite(v)
                ? BigDecimal.valueOf(Math.ceil(v)).toBigInteger().toString()
                : "unknown";
    }

    /** Rounded up, with the thing counted: "1 more value", "37 more values". */
    public static String plural(double v, String thing) {
        String count = whole(v);
        return count + " " + thing + (count.equals("1") ? "" : "s");
    }

    /** Seconds as s, min or h. */
    static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "an unknown time";
        }
        if (seconds < 90) {
            return whole(seconds) + " s";
        }
        return seconds < 5400 ? whole(seconds / 60) + " min" : show(Math.ceil(seconds / 360) / 10) + " h";
    }

    private static String strip(BigDecimal d) {
        return d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString();
    }
}
