// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them; the same everywhere and for every reader (English, UTC). */
public final class Words {
    public static final String UNKNOWN = Quantity.UNKNOWN;
    private static final DateTimeFormatter DAY_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** A text as a sentence may take it: empty for null. */
    public static String text(String value) {
        return value == null ? "" : value;
    }

    public static String text(Word word) {
        return word == null ? "" : word.text();
    }

    /** As in {@link Quantity#brief}: short, for tables. */
    public static String number(Double value) {
        return value == null || !Double.isFinite(value) ? UNKNOWN : Quantity.brief(value);
    }

    /** "142 ms", "0.02 %", "12". */
    public static String level(Double value, String unit) {
        String number = number(value);
        return number.equals(UNKNOWN) || text(unit).isEmpty() ? number : number + " " + unit;
    }

    public static String percent(double value) {
        return number(value) + " %";
    }

    /** A relative effect: 0.2 is "+20 %". */
    public static String change(Double effect) {
        return effect == null || !Double.isFinite(effect)
                ? UNKNOWN
                : (effect > 0 ? "+" : effect < 0 ? "−" : "±") + percent(Math.abs(effect) * 100);
    }

    /** A length of time; unknown for null. */
    public static String seconds(Double seconds) {
        return seconds == null ? UNKNOWN : Span.text(seconds);
    }

    public static String dayTime(Instant at) {
        return at == null ? UNKNOWN : DAY_TIME.format(at);
    }

    public static String time(Instant at) {
        return at == null ? UNKNOWN : TIME.format(at);
    }

    /** "1 phase", "2 phases". */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d", count) + " " + noun + (count == 1 ? "" : "s");
    }

    public static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** With a full stop, unless it ends like a sentence already. */
    static String stopped(String text) {
        String bare = bare(text);
        return bare.isEmpty() || "…!?".indexOf(bare.charAt(bare.length() - 1)) >= 0 ? bare : bare + ".";
    }

    /** ", 91.3 % (limit ≥ 95 %)" as far as known. */
    public static String measured(String value, String limit) {
        return (text(value).isEmpty() && text(limit).isEmpty() ? "" : ",")
                + (text(value).isEmpty() ? "" : " " + value)
                + (text(limit).isEmpty() ? "" : " (limit " + limit + ")");
    }

    /** Without the full stop that a reason may or may not bring. */
    public static String bare(String text) {
        String trimmed = text(text).strip();
        return trimmed.endsWith(".") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }
}
