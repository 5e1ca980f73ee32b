// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What an open release is, beside where it stands.
 *
 * @param id of the record, safe in addresses
 * @param build external id of its build, {@code job#number}; the build may be gone
 * @param gone why there is no build any more; null while there is one
 * @param openedAt null where a record of an older version doesn't tell
 * @param phases how many its rollout has
 */
@Restricted(NoExternalUse.class)
public record LiveFacts(
        String id,
        String service,
        String version,
        String environment,
        String build,
        String gone,
        Instant openedAt,
        int phases) {
    public String title() {
        return (service + " " + version).strip() + (environment.isEmpty() ? "" : " → " + environment);
    }
}
