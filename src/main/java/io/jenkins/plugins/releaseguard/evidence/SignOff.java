// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;
import java.util.Set;

/**
 * A person's word on an entry: user id, the groups the person was in when signing, approved or refused, comment, the digest
 * signed for ({@link ReleaseDigest}) and the time.
 */
@Beta
public record SignOff(
        String entry, String by, Set<String> groups, boolean approved, String comment, String digest, Instant at) {
    public SignOff {
        groups = Set.copyOf(groups);
    }
}
