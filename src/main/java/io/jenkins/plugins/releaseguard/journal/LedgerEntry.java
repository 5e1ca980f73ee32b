// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Map;

/**
 * What a service's ledger keeps of a sealed release: the rest can be discarded with its build. {@code artifacts} are SHA-256 by name,
 * {@code rollbackSeconds} null where nothing was rolled back.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LedgerEntry(
        int format,
        String service,
        String environment,
        String version,
        String commit,
        Map<String, String> artifacts,
        ReleaseOutcome verdict,
        boolean confirmed,
        boolean observe,
        Instant startedAt,
        Instant endedAt,
        double seconds,
        String reason,
        String build,
        String by,
        String risk,
        Double rollbackSeconds,
        boolean withinObjective,
        Double recoveredSeconds,
        Double requestsLost,
        String seal) {
    public static final int FORMAT = 1;

    public LedgerEntry {
        artifacts = artifacts == null ? Map.of() : Map.copyOf(artifacts);
    }

    /** Whether the version went to all of the traffic and stayed. An observed release acted on nothing and proves nothing. */
    public boolean promoted() {
        return verdict == ReleaseOutcome.PROMOTED && !observe;
    }
}
