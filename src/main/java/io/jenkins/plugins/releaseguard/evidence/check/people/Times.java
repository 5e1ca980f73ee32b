// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as papers give them: ISO 8601 with zone, or a day. */
final class Times {
    private static final int SHOWN = 40;

    private Times() {}

    /** A day as a paper dates it may have begun earlier elsewhere. */
    private static final Duration ELSEWHERE = Duration.ofHours(14);

    /**
     * The time that a paper gives, or {@code otherwise} where it gives none. A day counts from its start: older, not younger.
     *
     * @param paper how messages call it
     * @throws UnavailableException what stands there is no time, or one to come: it proves nothing
     */
    static Instant of(String paper, String text, Instant otherwise, Instant now) throws UnavailableException {
        if (text.isBlank()) {
            return otherwise;
        }
        Instant time = read(text.strip());
        if (time == null) {
            throw new UnavailableException(
                    "the date of " + paper + " can't be read: '" + Lines.bounded(text, SHOWN) + "'",
                    "write year-month-day: 2026-11-01");
        }
        if (time.isAfter(now.plus(ELSEWHERE))) {
            throw new UnavailableException(
                    paper + " is dated " + Lines.bounded(text, SHOWN) + ", which is to come",
                    "give it the day of its making");
        }
        return time;
    }

    private static Instant read(String text) {
        try {
            return text.length() > 10
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
