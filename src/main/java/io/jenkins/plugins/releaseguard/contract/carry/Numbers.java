// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and spans of time as these files write them: {@code 0.95}, {@code 1e-3}, {@code 5m}, {@code 1h30m}, {@code 30}. */
final class Numbers {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})([eE][+-]?\\d{1,2})?");
    private static final BigDecimal GREATEST = new BigDecimal("1e15");
    private static final int FINEST = 15;
    private static final Pattern PART = Pattern.compile("(\\d{1,9}+(?:\\.\\d{1,9}+)?+)(ms|s|m|h|d|w|M|Q|Y|y)");

    private Numbers() {}

    /** Null where it is none, or one that nothing measured comes near. */
    static BigDecimal of(String text) {
        String stripped = text.strip();
        if (!NUMBER.matcher(stripped).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(stripped);
        return number.abs().compareTo(GREATEST) <= 0 && number.scale() <= FINEST ? number : null;
    }

    /** Plain digits, without zeros at the end. */
    static String written(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** As Go, Prometheus and OpenSLO write it (a month is 30 days); null where it is none. A bare number has no unit. */
    static Duration time(String text) {
        String rest = text.strip();
        Matcher part = PART.matcher(rest);
        double seconds = 0;
        int at = 0;
        while (part.region(at, rest.length()).lookingAt()) {
            seconds += Double.parseDouble(part.group(1)) * seconds(part.group(2));
            at = part.end();
        }
        boolean whole = at == rest.length() && at > 0 && seconds < 1e9;
        return whole ? Duration.ofMillis(Math.round(seconds * 1000)) : null;
    }

    /** The same, where a bare number is seconds. */
    static Duration secondsOrTime(String text) {
        BigDecimal bare = of(text);
        boolean sound = bare != null && bare.signum() >= 0 && bare.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0;
        return sound ? Duration.ofMillis(bare.movePointRight(3).longValue()) : time(text);
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            case "M" -> 30 * 86_400;
            case "Q" -> 90 * 86_400;
            default -> 365 * 86_400.0;
        };
    }

    /** As a contract writes it, in the largest unit that is whole. */
    static String written(Duration time) {
        long millis = time.toMillis();
        long[] units = {86_400_000, 3_600_000, 60_000, 1000};
        String[] names = {"d", "h", "m", "s"};
        for (int i = 0; i < units.length; i++) {
            if (millis >= units[i] && millis % units[i] == 0) {
                return millis / units[i] + names[i];
            }
        }
        return millis + "ms";
    }
}
