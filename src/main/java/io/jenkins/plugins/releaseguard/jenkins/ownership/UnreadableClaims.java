// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Nobody can tell whose services are, so none that the controller's configuration doesn't give is released: administrators are told. */
@Extension
@Restricted(NoExternalUse.class)
public final class UnreadableClaims extends AdministrativeMonitor {
    /** For the page. */
    public String getTrouble() {
        return ServiceOwners.get().trouble();
    }

    @Override
    public boolean isActivated() {
        return getTrouble() != null;
    }

    @Override
    public String getDisplayName() {
        return Messages.UnreadableClaims_DisplayName();
    }
}
