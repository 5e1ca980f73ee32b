// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A permitted person lets one finding of a gate go, with a reason and an end: this check of this entry, come out this way over this
 * evidence, under this contract as it was filled. Whatever differs is another finding, and wants another waiver.
 *
 * @param finding as {@link #finding} writes it
 * @param contract SHA-256 of the contract with what it includes, what filled it and what is released
 * @param by a user id
 * @param until when it ends; what it covered is a failure from then on
 */
public record FindingWaiver(String finding, String contract, String by, String reason, Instant at, Instant until) {
    /** Where nobody says otherwise. */
    public static final Duration USUAL = Duration.ofDays(1);

    public static final Duration LONGEST = Duration.ofDays(7);

    public FindingWaiver {
        if (finding == null || contract == null || by == null || by.isBlank() || reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("a waiver names a finding, a contract, a person and a reason");
        }
        if (at == null || until == null || !until.isAfter(at) || until.isAfter(at.plus(LONGEST))) {
            throw new IllegalArgumentException("a waiver ends within " + LONGEST.toDays() + " days");
        }
    }

    /**
     * What a waiver is given for: the entry, its check, how it came out, and the digest of what was looked at; without a digest the
     * value and the limit stand for it, and where a policy speaks, what it says.
     */
    public static String finding(Evidence evidence) {
        boolean digest = evidence.entry().equals(PolicyEvidence.ENTRY)
                || !evidence.sha256().isBlank();
        return GateOverride.finding(evidence) + (digest ? "" : evidence.value() + " / " + evidence.limit());
    }

    /**
     * Evidence with what was waived of it. A waiver whose giver is an author of this release doesn't count for it.
     *
     * @param given oldest first; the last one for a finding counts that has not ended, and the last where all have
     * @param contract what a waiver of the contract in hand is bound to
     */
    public static Evidence apply(
            List<FindingWaiver> given, Evidence evidence, String contract, Set<String> authors, Instant now) {
        if (evidence.status().green()) {
            return evidence;
        }
        String finding = finding(evidence);
        Optional<FindingWaiver> last = given.stream()
                .filter(waiver ->
                        waiver.finding().equals(finding) && waiver.contract().equals(contract))
                .filter(waiver -> authors.stream().noneMatch(author -> author.equalsIgnoreCase(waiver.by())))
                .reduce((first, second) -> first.runs(now) && !second.runs(now) ? first : second);
        return last.map(waiver -> waiver.on(evidence, now)).orElse(evidence);
    }

    private boolean runs(Instant now) {
        return now.isBefore(until);
    }

    private Evidence on(Evidence evidence, Instant now) {
        if (!runs(now)) {
            return evidence.with(
                    Status.FAIL,
                    "the waiver by " + by + " has ended (" + until + "): " + evidence.reason(),
                    "fix it, or have it waived anew: " + evidence.fix());
        }
        return evidence.with(
                Status.WAIVED,
                "waived by " + by + " until " + until + ": " + reason + " (was "
                        + evidence.status().text() + ": " + evidence.reason() + ")",
                "");
    }
}
