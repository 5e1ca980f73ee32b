// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Somebody with the permission lets a release start in spite of the gate: in spite of what the gate held against it then, and for no
 * longer than {@link #HOLDS}. {@code by} is a user id, {@code reason} is never blank.
 *
 * @param findings what stood against the release when it was spoken, as {@link #finding} writes it; empty in records of older versions,
 *     which overrule nothing
 */
public record GateOverride(String by, String reason, Instant at, List<String> findings) {
    /** As long as a signature does where nobody says otherwise. */
    public static final Duration HOLDS = Duration.ofDays(1);

    private static final int ID_LENGTH = 16;
    private static final int FINDING_PARTS = 4;

    public GateOverride {
        if (by == null || by.isBlank() || reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("an override names a person and a reason");
        }
        findings = findings == null ? List.of() : List.copyOf(findings);
    }

    /**
     * What an override is given for: the entry, its check, how it came out, and the digest of what was looked at. Numbers that differ at
     * each look are no part of it; what a policy says is.
     */
    public static String finding(Evidence evidence) {
        return evidence.entry()
                + ' '
                + evidence.check()
                + ' '
                + evidence.status().text()
                + ' '
                + (evidence.entry().equals(PolicyEvidence.ENTRY) ? evidence.reason() : evidence.sha256());
    }

    /** What stands for a finding on a page and in an address: nothing but hexadecimal digits. */
    public static String id(String finding) {
        return Sha256.hex(finding).substring(0, ID_LENGTH);
    }

    /** A finding for people: {@code DEP-010 (tests: fail)}. */
    public static String inWords(String finding) {
        String[] parts = finding.split(" ", FINDING_PARTS);
        return parts.length < FINDING_PARTS ? finding : parts[0] + " (" + parts[1] + ": " + parts[2] + ")";
    }

    /** Whether all of it was known when the override was spoken, and that was not too long ago. */
    public boolean covers(Collection<String> blocking, Instant now) {
        return findings.containsAll(blocking) && now.isBefore(at.plus(HOLDS));
    }
}
