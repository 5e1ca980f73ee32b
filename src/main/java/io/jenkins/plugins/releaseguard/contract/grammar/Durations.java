// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import java.time.Duration;
import java.util.List;

/**
 * Reads {@code 15m}, {@code 30 s}, {@code 1h 30m}, {@code 5 minutes}; a bare number is refused, as nobody knows its
 * unit.
 */
public final class Durations {
    private static final String FIX = "write a number and a unit: 500ms, 30s, 15m, 2h, 1d or 2w";
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** @throws ContractException with the column where the text stops making sense */
    public static Duration parse(String text, Position at) throws ContractException {
        try {
            return parse(text);
        } catch (SyntaxProblem e) {
            throw new ContractException(List.of(e.at(ReadRule.DURATION, at)));
        }
    }

    /** Nothing needs no unit: {@code 0} is zero. */
    public static Duration parse(String text) throws SyntaxProblem {
        if (text.strip().equals("0")) {
            return Duration.ZERO;
        }
        Cursor cursor = new Cursor(text);
        Duration duration = read(cursor);
        if (!cursor.end()) {
            throw new SyntaxProblem(cursor.offset(), "'" + cursor.rest() + "' is too much after a duration", FIX);
        }
        return duration;
    }

    /** One or more numbers with units, as far as they go. */
    static Duration read(Cursor cursor) throws SyntaxProblem {
        Duration total = Duration.ZERO;
        do {
            int start = cursor.offset();
            double value = cursor.number();
            if (Double.isNaN(value)) {
                throw new SyntaxProblem(
                        start, "a duration starts with a number, not with '" + cursor.rest() + "'", FIX);
            }
            int unitAt = cursor.offset();
            if (cursor.isCapitalM()) {
                throw capital(unitAt);
            }
            double seconds = seconds(cursor.word());
            if (Double.isNaN(seconds)) {
                throw new SyntaxProblem(unitAt, "a duration needs a unit here", FIX);
            }
            if (value * seconds > LONGEST.toSeconds()) {
                throw new SyntaxProblem(start, "a duration of more than 100 years", FIX);
            }
            total = total.plus(ofSeconds(value * seconds));
        } while (Character.isDigit(cursor.peek()));
        return total;
    }

    /** {@code 10M} is not told apart from ten months, millions or megabytes. */
    static SyntaxProblem capital(int at) {
        return new SyntaxProblem(
                at, "M is no unit", "write m or min for minutes, MB for megabytes, and digits for millions");
    }

    static Duration ofSeconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** Seconds in one of the unit, NaN for a word that is no unit of time. */
    static double seconds(String unit) {
        return switch (unit) {
            case "ms", "millis", "millisecond", "milliseconds" -> 0.001;
            case "s", "sec", "secs", "second", "seconds" -> 1;
            case "m", "min", "mins", "minute", "minutes" -> 60;
            case "h", "hr", "hrs", "hour", "hours" -> 3600;
            case "d", "day", "days" -> 86_400;
            case "w", "week", "weeks" -> 604_800;
            default -> Double.NaN;
        };
    }
}
