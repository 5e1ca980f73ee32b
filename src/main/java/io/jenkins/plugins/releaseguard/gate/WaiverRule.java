// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Instant;
import java.time.ZoneOffset;

/** Applies an entry's waiver to the check that it names. A waiver counts to the end of its last day, UTC. */
final class WaiverRule {
    private WaiverRule() {}

    static Evidence apply(Evidence evidence, CriteriaEntry entry, Instant now) {
        Waiver waiver = entry.waiverOf(evidence.check());
        if (waiver == null || evidence.status().green()) {
            return evidence;
        }
        String word = "the waiver by " + waiver.by() + " until " + waiver.until();
        if (waiver.by().isBlank() || waiver.reason().isBlank()) {
            return evidence.with(
                    evidence.status(),
                    evidence.reason() + "; a waiver without a name and a reason doesn't count",
                    evidence.fix());
        }
        Instant end = waiver.until().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (!now.isBefore(end)) {
            return evidence.with(
                    Status.FAIL,
                    word + " has ended: " + evidence.reason(),
                    "fix it, or have it waived anew: " + evidence.fix());
        }
        return evidence.with(
                Status.WAIVED,
                "waived by " + waiver.by() + " until " + waiver.until() + ": " + waiver.reason() + " (was "
                        + evidence.status().text() + ": " + evidence.reason() + ")",
                "");
    }
}
