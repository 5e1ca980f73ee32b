// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/**
 * A freeze window as written: {@code 2026-12-20..2027-01-02} (days, both included), {@code 2026-12-20T16:00..2027-01-02T08:00},
 * or every week {@code Fri 16:00..Mon 08:00}.
 */
public final class FreezeText {
    private FreezeText() {}

    /** A weekly window is that which is open at {@code now}, or else the last one before. */
    public static FreezeWindow parse(String text, ZoneId zone, Instant now, List<String> except) throws IOException {
        String[] ends = text.split("\\.\\.", -1);
        try {
            if (ends.length == 2) {
                String from = ends[0].strip();
                String until = ends[1].strip();
                FreezeWindow window = Character.isDigit(from.charAt(0))
                        ? once(from, until, zone, text, except)
                        : weekly(from, until, zone, now, text, except);
                if (window.from().isBefore(window.until())) {
                    return window;
                }
            }
        } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw unreadable(text, e);
        }
        throw unreadable(text, null);
    }

    private static FreezeWindow once(String from, String until, ZoneId zone, String text, List<String> except) {
        Instant start = from.contains("T")
                ? LocalDateTime.parse(from).atZone(zone).toInstant()
                : LocalDate.parse(from).atStartOfDay(zone).toInstant();
        Instant end = until.contains("T")
                ? LocalDateTime.parse(until).atZone(zone).toInstant()
                : LocalDate.parse(until).plusDays(1).atStartOfDay(zone).toInstant();
        return new FreezeWindow(start, end, text, except);
    }

    private static FreezeWindow weekly(
            String from, String until, ZoneId zone, Instant now, String text, List<String> except) {
        ZonedDateTime here = now.atZone(zone);
        ZonedDateTime start = at(from, here.with(TemporalAdjusters.previousOrSame(day(from))));
        if (start.isAfter(here)) {
            start = at(from, start.minusWeeks(1));
        }
        ZonedDateTime end = at(until, start.with(TemporalAdjusters.nextOrSame(day(until))));
        if (!end.isAfter(start)) {
            end = at(until, end.plusWeeks(1));
        }
        return new FreezeWindow(start.toInstant(), end.toInstant(), text, except);
    }

    private static ZonedDateTime at(String text, ZonedDateTime day) {
        return day.toLocalDate()
                .atTime(LocalTime.parse(text.substring(text.indexOf(' ') + 1).strip()))
                .atZone(day.getZone());
    }

    private static DayOfWeek day(String text) {
        String name = text.substring(0, Math.max(0, text.indexOf(' '))).toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.length() >= 3 && day.name().startsWith(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static IOException unreadable(String text, Exception cause) {
        IOException unreadable = new UnavailableException(
                "the freeze window '" + text + "' can't be read",
                "write 2026-12-20..2027-01-02 or Fri 16:00..Mon 08:00");
        unreadable.initCause(cause);
        return unreadable;
    }
}
