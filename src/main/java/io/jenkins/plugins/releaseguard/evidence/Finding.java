// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.time.Instant;
import java.util.Objects;

/**
 * What one check saw: the status, what was looked at, the number and the limit as text with units, one sentence why, what to
 * do about it, where it came from, the SHA-256 of what was read (empty where nothing was), and the time at which it was true
 * (a report's own time, not the time of reading). {@code awaits}: who still has to sign, empty unless a person's word is the
 * only thing missing.
 */
public record Finding(
        Status status,
        String looked,
        String value,
        String limit,
        String reason,
        String fix,
        Origin origin,
        String sha256,
        Instant at,
        String awaits) {
    public Finding {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
        if (status == Status.WAIVED) {
            throw new IllegalArgumentException("a check finds pass, fail or unknown; waiving is the gate's");
        }
        looked = text(looked);
        value = text(value);
        limit = text(limit);
        reason = text(reason);
        fix = text(fix);
        sha256 = text(sha256);
        awaits = text(awaits);
    }

    public boolean passed() {
        return status == Status.PASS;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
