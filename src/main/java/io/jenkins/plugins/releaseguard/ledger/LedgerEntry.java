// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Instant;
import java.util.Map;

/**
 * What a service's ledger keeps of a sealed release: the rest can be discarded with its build. {@code artifacts} are SHA-256 by name,
 * {@code rollbackSeconds} null where nothing was rolled back. {@code seal} is that of its report, {@code cover} the entry's own over all
 * other fields, null where it has none; {@link Ledger#add} gives it one.
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
        String seal,
        EntryCover cover) {
    public static final int FORMAT = 1;

    public LedgerEntry {
        artifacts = artifacts == null ? Map.of() : Map.copyOf(artifacts);
    }

    /** The same with another seal of its own. */
    LedgerEntry covered(EntryCover other) {
        return new LedgerEntry(
                format,
                service,
                environment,
                version,
                commit,
                artifacts,
                verdict,
                confirmed,
                observe,
                startedAt,
                endedAt,
                seconds,
                reason,
                build,
                by,
                risk,
                rollbackSeconds,
                withinObjective,
                recoveredSeconds,
                requestsLost,
                seal,
                other);
    }

    /** Whether the version went to all of the traffic and stayed. An observed release acted on nothing and proves nothing. */
    public boolean promoted() {
        return verdict == ReleaseOutcome.PROMOTED && !observe;
    }
}
