// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * A check's finding about an entry. {@code check} is the kind, empty where the entry names none. {@code at} is when it was
 * true, {@code maxAge} how long it stays evidence, {@code took} how long looking took; {@code awaits} who still has to sign.
 */
public record Evidence(
        String entry,
        String check,
        Status status,
        boolean blocker,
        String looked,
        String value,
        String limit,
        String reason,
        String fix,
        Origin origin,
        String sha256,
        Instant at,
        Duration maxAge,
        Duration took,
        String awaits) {

    /** The finding, with what the entry adds. */
    public static Evidence of(
            String entry, String check, boolean blocker, Finding finding, Duration maxAge, Duration took) {
        return new Evidence(
                entry,
                check,
                finding.status(),
                blocker,
                finding.looked(),
                finding.value(),
                finding.limit(),
                finding.reason(),
                finding.fix(),
                finding.origin(),
                finding.sha256(),
                finding.at(),
                maxAge,
                took,
                finding.awaits());
    }

    /** True where it is older than its maximum age, or from the future by more than clocks differ (5 minutes). */
    public boolean staleAt(Instant now) {
        Duration age = Duration.between(at, now);
        return age.compareTo(maxAge) > 0 || age.compareTo(Duration.ofMinutes(-5)) < 0;
    }

    /** The same evidence with another verdict on it. */
    public Evidence with(Status newStatus, String newReason, String newFix) {
        return new Evidence(
                entry,
                check,
                newStatus,
                blocker,
                looked,
                value,
                limit,
                newReason,
                newFix,
                origin,
                sha256,
                at,
                maxAge,
                took,
                newStatus == Status.UNKNOWN ? awaits : "");
    }

    /** The same evidence with another number and limit to show. */
    public Evidence showing(String newValue, String newLimit) {
        return new Evidence(
                entry, check, status, blocker, looked, newValue, newLimit, reason, fix, origin, sha256, at, maxAge,
                took, awaits);
    }

    /** The same evidence, no longer waited for. */
    public Evidence settled(Status newStatus, boolean must, String newReason, String newFix) {
        return new Evidence(
                entry, check, newStatus, must, looked, value, limit, newReason, newFix, origin, sha256, at, maxAge,
                took, "");
    }

    /** The same evidence, as a must-have or a should-have. */
    public Evidence blocking(boolean must) {
        return new Evidence(
                entry, check, status, must, looked, value, limit, reason, fix, origin, sha256, at, maxAge, took,
                awaits);
    }

    /** Evidence that isn't there: unknown, with the reason and what to do. */
    public static Evidence unknown(
            String entry, String check, boolean blocker, String reason, String fix, Origin origin, Instant at) {
        Finding finding = new Finding(Status.UNKNOWN, "", "", "", reason, fix, origin, "", at, "");
        return of(entry, check, blocker, finding, Duration.ofDays(7), Duration.ZERO);
    }

    /** As the journal keeps it. */
    public Event.EvidenceGathered event(Entry about) {
        return new Event.EvidenceGathered(
                entry,
                about.type().text(),
                about.title(),
                check,
                status.word(),
                blocker,
                value,
                limit,
                reason,
                fix,
                origin.text(),
                sha256,
                at,
                took.toMillis() / 1000.0);
    }
}
