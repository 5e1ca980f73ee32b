// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Instant;
import java.util.Set;

/**
 * A release that ended: {@code artifacts} the SHA-256 digests, in
 * lower-case hex; {@code intact} whether the record's seal was checked and holds; {@code job} and {@code build} where it ran.
 */
@Beta
public record PastRelease(
        String environment,
        String version,
        String commit,
        Set<String> artifacts,
        ReleaseOutcome verdict,
        boolean intact,
        Instant endedAt,
        String job,
        String build,
        String seal) {
    public PastRelease {
        artifacts = Set.copyOf(artifacts);
    }
}
