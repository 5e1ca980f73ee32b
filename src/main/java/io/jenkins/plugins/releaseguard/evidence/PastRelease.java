// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Instant;
import java.util.Set;

/**
 * A release that ended: {@code artifacts} the SHA-256 digests, in
 * lower-case hex; {@code doubt} why its record isn't proven, as a sentence, empty where it is; {@code job} and {@code build} where it ran.
 */
@Beta
public record PastRelease(
        String environment,
        String version,
        String commit,
        Set<String> artifacts,
        ReleaseOutcome verdict,
        String doubt,
        Instant endedAt,
        String job,
        String build,
        String seal) {
    public PastRelease {
        artifacts = Set.copyOf(artifacts);
        doubt = doubt == null ? "nobody checked it" : doubt;
    }

    /** @param intact whether the record's seal was checked and holds */
    public PastRelease(
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
        this(
                environment,
                version,
                commit,
                artifacts,
                verdict,
                intact ? "" : "its seal does not hold",
                endedAt,
                job,
                build,
                seal);
    }

    /** Whether the record's seal was checked and holds. */
    public boolean intact() {
        return doubt.isEmpty();
    }
}
