// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

/** Reads a number with its unit: {@code 10%}, {@code 500ms}, {@code 2 GiB}, {@code 3}. */
public final class Amounts {
    static final String UNITS = "%, ‰, ppm, µs, ms, s, m, h, d, B, KB, MB, GB, KiB, MiB or GiB";

    private Amounts() {}

    public static Amount parse(String text) throws SyntaxProblem {
        Cursor cursor = new Cursor(text);
        Amount amount = read(cursor);
        if (!cursor.end()) {
            throw new SyntaxProblem(
                    cursor.offset(), "'" + cursor.rest() + "' is too much after a number", "known units: " + UNITS);
        }
        return amount;
    }

    /** A number, and its unit where one stands right after it. A word that is no unit is left standing. */
    static Amount read(Cursor cursor) throws SyntaxProblem {
        int start = cursor.offset();
        boolean negative = cursor.take("-");
        double value = cursor.number();
        if (Double.isNaN(value)) {
            throw new SyntaxProblem(
                    start,
                    cursor.end() ? "a number is missing here" : "a number must stand here, not '" + cursor.rest() + "'",
                    "write digits with a point for decimals, for example 2 or 0.5, then the unit where it has one");
        }
        if (cursor.peek() == ',' || cursor.peek() == '_' || cursor.peek() == '.') {
            throw new SyntaxProblem(
                    cursor.offset(), "'" + cursor.peek() + "' does not belong in a number", "write 0.5 or 1000");
        }
        value = negative ? -value : value;
        if (cursor.take("%")) {
            return new Amount(value / 100, "%");
        }
        if (cursor.take("‰")) {
            return new Amount(value / 1000, "%");
        }
        if (cursor.isCapitalM()) {
            throw Durations.capital(cursor.offset());
        }
        String word = cursor.peekWord();
        double parts = parts(word);
        if (!Double.isNaN(parts)) {
            cursor.word();
            return new Amount(value / parts, "%");
        }
        double perSecond = perSecond(word);
        if (!Double.isNaN(perSecond)) {
            cursor.word();
            return new Amount(value / perSecond, "s");
        }
        double seconds = Durations.seconds(word);
        if (!Double.isNaN(seconds)) {
            cursor.word();
            return new Amount(seconds == 0.001 ? value / 1000 : value * seconds, "s");
        }
        double bytes = bytes(word);
        if (!Double.isNaN(bytes)) {
            cursor.word();
            return new Amount(value * bytes, "B");
        }
        return new Amount(value, "");
    }

    /** How many of a share's unit make a whole. */
    private static double parts(String unit) {
        return switch (unit) {
            case "percent", "pct" -> 100;
            case "permille", "promille" -> 1000;
            case "ppm" -> 1e6;
            default -> Double.NaN;
        };
    }

    /** How many of a unit below a millisecond make a second; durations have none, as nothing waits so briefly. */
    private static double perSecond(String unit) {
        return switch (unit) {
            // both signs for micro: that of Latin-1 and the Greek letter
            case "us", "\u00b5s", "\u03bcs", "microseconds", "microsecond" -> 1e6;
            case "ns", "nanoseconds", "nanosecond" -> 1e9;
            default -> Double.NaN;
        };
    }

    private static double bytes(String unit) {
        return switch (unit) {
            case "b", "bytes" -> 1;
            case "kb" -> 1e3;
            case "mb" -> 1e6;
            case "gb" -> 1e9;
            case "kib" -> 0x1p10;
            case "mib" -> 0x1p20;
            case "gib" -> 0x1p30;
            default -> Double.NaN;
        };
    }
}
