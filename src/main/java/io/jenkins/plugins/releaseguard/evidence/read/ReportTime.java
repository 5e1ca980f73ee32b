// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

/**
 * Times as tools write them into their reports: ISO 8601 with a {@code T} or a space, with any zone or none (UTC then), basic, a date alone;
 * seconds, milliseconds, microseconds or nanoseconds since 1970; RFC 1123, C's, Java's and JavaScript's own. A day and a month
 * that could be taken for each other are not guessed at.
 */
public final class ReportTime {
    /** No report is older: zero, the beginning of Unix' and of .NET's time, stands for no time. */
    private static final Instant NEVER = Instant.parse("1980-01-02T00:00:00Z");

    private static final int LONGEST = 80;

    private static final List<DateTimeFormatter> WORDS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz uuuu", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM d uuuu HH:mm:ss 'GMT'xx", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH));

    private ReportTime() {}

    /**
     * The time that a text says, null where it says none.
     *
     * @throws DateTimeException it says something that is no time that can be read
     */
    public static Instant read(String text) {
        String plain = text.strip();
        if (plain.isEmpty()) {
            return null;
        }
        Instant at = plain.length() > LONGEST ? unread(plain) : parse(plain);
        return at.isBefore(NEVER) ? null : at;
    }

    private static Instant parse(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        if (digits(whole) && digits(text.substring(whole.length()).replaceFirst("[.]", "0"))) {
            return number(whole);
        }
        if (text.length() >= 10 && digits(text.substring(0, 4)) && "-/.".indexOf(text.charAt(4)) >= 0) {
            return iso(text.substring(0, 10).replace('/', '-').replace('.', '-'), text.substring(10));
        }
        if (text.length() >= 14 && digits(text.substring(0, 8)) && text.charAt(8) == ' ') {
            return iso(dashed(text), text.substring(9));
        }
        if (text.length() >= 15 && digits(text.substring(0, 8)) && text.charAt(8) == 'T') {
            String time = text.substring(9, 11) + ":" + text.substring(11, 13) + ":" + text.substring(13);
            return iso(dashed(text), time);
        }
        return words(text);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String dashed(String digits) {
        return digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6, 8);
    }

    private static Instant number(String digits) {
        if (digits.isEmpty() || digits.length() > 19) {
            return unread(digits);
        }
        if (digits.length() == 8 && "12".indexOf(digits.charAt(0)) >= 0) {
            return iso(dashed(digits), "");
        }
        if (digits.length() == 14 && digits.startsWith("20")) {
            return iso(
                    dashed(digits),
                    digits.substring(8, 10) + ":" + digits.substring(10, 12) + ":" + digits.substring(12));
        }
        long since;
        try {
            since = Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return unread(digits);
        }
        int length = digits.length();
        if (length < 12) {
            return Instant.ofEpochSecond(since);
        }
        if (length < 15) {
            return Instant.ofEpochMilli(since);
        }
        return length < 18
                ? Instant.ofEpochSecond(since / 1_000_000, since % 1_000_000 * 1000)
                : Instant.ofEpochSecond(since / 1_000_000_000, since % 1_000_000_000);
    }

    /** A date, and what follows it: a time, and a zone or none. */
    private static Instant iso(String date, String rest) {
        String time = rest.strip();
        if (time.startsWith("T") || time.startsWith("t")) {
            time = time.substring(1).strip();
        }
        int zone = 0;
        while (zone < time.length() && "0123456789:.,".indexOf(time.charAt(zone)) >= 0) {
            zone++;
        }
        LocalTime clock = zone == 0
                ? LocalTime.MIN
                : LocalTime.parse(fraction(time.substring(0, zone).replace(',', '.')));
        return LocalDate.parse(date)
                .atTime(clock)
                .atZone(zone(time.substring(zone).strip()))
                .toInstant();
    }

    /** At most nine digits, as Java has them. */
    private static String fraction(String time) {
        int point = time.indexOf('.');
        return point < 0 ? time : time.substring(0, Math.min(time.length(), point + 10));
    }

    private static ZoneId zone(String text) {
        int region = text.indexOf('[');
        String name = region > 0 ? text.substring(0, region) : text;
        return name.isEmpty() || name.equalsIgnoreCase("z") ? ZoneOffset.UTC : ZoneId.of(name);
    }

    private static Instant words(String text) {
        int named = text.indexOf(" (");
        String plain = (named < 0 ? text : text.substring(0, named)).replaceAll(" +", " ");
        for (DateTimeFormatter form : WORDS) {
            try {
                TemporalAccessor at = form.parse(plain);
                return ZonedDateTime.from(at).toInstant();
            } catch (DateTimeException e) {
                // another form
            }
        }
        return unread(text);
    }

    private static Instant unread(String text) {
        throw new DateTimeException(text);
    }
}
