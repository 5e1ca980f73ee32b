// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What happens to a release whose build was killed, deleted or lost. */
@Restricted(NoExternalUse.class)
public enum OrphanPolicy {
    /** The last good version is brought back. */
    ROLLBACK,
    /** The traffic stays where it is, still watched, until somebody decides; a breach rolls back. */
    HOLD;

    public String getDisplayName() {
        return this == ROLLBACK ? Messages.OrphanPolicy_Rollback() : Messages.OrphanPolicy_Hold();
    }
}
