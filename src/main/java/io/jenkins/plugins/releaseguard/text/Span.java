// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.math.BigDecimal;
import java.time.Duration;

/** Lengths of time as people read and write them. What people write is read by the contract's grammar. */
public final class Span {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private Span() {}

    /**
     * The two largest units, in seconds up to two minutes and in hours up to two days: {@code 30 ms}, {@code 8.4 s},
     * {@code 2 min 5 s}, {@code 1 h 12 min}, {@code 3 d 4 h}.
     */
    public static String text(Duration duration) {
        return text(duration.toMillis() / 1000.0);
    }

    /** The same of seconds; {@code unknown} for what is not finite. */
    public static String text(double seconds) {
        if (!Double.isFinite(seconds)) {
            return Quantity.UNKNOWN;
        }
        return seconds <= -0.001 ? "-" + positive(-seconds) : positive(seconds);
    }

    private static String positive(double seconds) {
        if (seconds < 0.001) {
            return "0 s";
        }
        if (seconds < 0.9995) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (seconds < 119.95) {
            BigDecimal tenths = BigDecimal.valueOf(Math.round(seconds * 10), 1);
            return tenths.stripTrailingZeros().toPlainString() + " s";
        }
        long whole = Math.round(seconds);
        if (whole < HOUR) {
            return two(whole / MINUTE, "min", whole % MINUTE, "s");
        }
        long minutes = Math.round(seconds / MINUTE);
        return minutes < 48 * 60 && minutes % 1440 != 0
                ? two(minutes / 60, "h", minutes % 60, "min")
                : two(minutes / 1440, "d", minutes % 1440 / 60, "h");
    }

    /** For estimates, rounded up in one unit: {@code 85 s}, {@code 12 min}, {@code 2.5 h}. */
    public static String about(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "an unknown time";
        }
        if (seconds < 1.5 * MINUTE) {
            return Quantity.whole(seconds) + " s";
        }
        return seconds < 1.5 * HOUR
                ? Quantity.whole(seconds / MINUTE) + " min"
                : Quantity.number(Math.ceil(seconds * 10 / HOUR) / 10) + " h";
    }

    /** As a contract has it: {@code 1h 30m}, {@code 15m}, {@code 250ms}; reading it gives the same length again. */
    public static String written(Duration duration) {
        StringBuilder out = new StringBuilder();
        part(out, duration.toDaysPart(), "d");
        part(out, duration.toHoursPart(), "h");
        part(out, duration.toMinutesPart(), "m");
        part(out, duration.toSecondsPart(), "s");
        part(out, duration.toMillisPart(), "ms");
        return out.isEmpty() ? "0s" : out.toString();
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static void part(StringBuilder out, long value, String unit) {
        if (value != 0) {
            out.append(out.isEmpty() ? "" : " ").append(value).append(unit);
        }
    }
}
