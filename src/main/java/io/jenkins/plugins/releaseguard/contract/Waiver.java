// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Someone's word that a check of an entry may be missed until the end of a day ({@code until}, inclusive, UTC). An expired
 * waiver is a failure.
 *
 * @param check the kind of the check that is waived; empty for the entry's only one
 */
@Beta
public record Waiver(String by, String reason, LocalDate until, String check, Position at) {
    /** Whether it counts: it names a person and a reason, and its last day isn't over. */
    public boolean counts(Instant now) {
        return !by.isBlank()
                && !reason.isBlank()
                && now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
