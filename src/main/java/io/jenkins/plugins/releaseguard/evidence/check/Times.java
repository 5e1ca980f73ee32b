// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as papers give them: ISO 8601 with zone, or a day. */
final class Times {
    private Times() {}

    /** The time that the text gives, or {@code otherwise}. A day counts from its start: older, not younger. */
    static Instant of(String text, Instant otherwise) {
        try {
            return text.length() > 10
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
