// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The time that a report gives itself; null where it gives none. Zero is none. {@code odd} is what stands there and is no
 * time, to be told; empty for nothing.
 */
public record OwnTime(Instant at, String odd) {
    /** A report that says nothing of time. */
    public static final OwnTime NONE = new OwnTime(null, "");

    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final BigDecimal MILLIS = new BigDecimal("100000000000");
    private static final BigDecimal MICROS = new BigDecimal("100000000000000");
    private static final BigDecimal MOST = new BigDecimal("100000000000000000");

    /** As {@link ReportTime} reads it. */
    public static OwnTime of(String field, String text) {
        try {
            Instant at = ReportTime.read(text);
            return at == null ? NONE : new OwnTime(at, "");
        } catch (DateTimeException e) {
            return odd(field, text);
        }
    }

    /** Seconds, milliseconds or microseconds since 1970, told apart by their size: 100 000 000 000 s is the year 5138. */
    static OwnTime ofCount(String field, String text) {
        String count = text == null ? "" : text.strip();
        if (count.isEmpty()) {
            return NONE;
        }
        try {
            BigDecimal number = count.length() > 30 ? MOST : new BigDecimal(count);
            if (number.signum() <= 0) {
                return NONE;
            }
            if (number.scale() > 30 || number.precision() - number.scale() > 18 || number.compareTo(MOST) >= 0) {
                return odd(field, text);
            }
            int thousands = number.compareTo(MICROS) >= 0 ? -1 : number.compareTo(MILLIS) >= 0 ? 0 : 1;
            return of(Instant.ofEpochMilli(number.movePointRight(3 * thousands).longValue()));
        } catch (NumberFormatException e) {
            return of(field, count);
        }
    }

    private static OwnTime of(Instant at) {
        return at.isBefore(EARLIEST) ? NONE : new OwnTime(at, "");
    }

    private static OwnTime odd(String field, String text) {
        return new OwnTime(null, field + " '" + Lines.bounded(text, 40) + "'");
    }

    /** The later of two that are there. */
    OwnTime later(OwnTime other) {
        boolean theirs = at == null || other.at != null && other.at.isAfter(at);
        return new OwnTime(theirs ? other.at : at, odd.isEmpty() ? other.odd : odd);
    }

    /** The earlier of two that are there. */
    public OwnTime earlier(OwnTime other) {
        boolean theirs = at == null || other.at != null && other.at.isBefore(at);
        return new OwnTime(theirs ? other.at : at, odd.isEmpty() ? other.odd : odd);
    }
}
