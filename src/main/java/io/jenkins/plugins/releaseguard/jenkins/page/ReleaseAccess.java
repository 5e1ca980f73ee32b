// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import jenkins.model.Jenkins;

/**
 * Whose permissions count for a release: its job's, as on the build's page; the controller's where the job is gone.
 *
 * @param place the job, or the controller
 */
record ReleaseAccess(AccessControlled place) {
    /** @param build the build's external id */
    static ReleaseAccess of(String build) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = new BuildName(build).job();
            return new ReleaseAccess(job == null ? Jenkins.get() : job);
        }
    }

    /** Whether the reader may know of it. Of what has no job any more know those who could decide about it at the root. */
    boolean mayRead() {
        if (!(place instanceof Item item)) {
            return place.hasPermission(Jenkins.ADMINISTER)
                    || place.hasPermission(ReleaseGuardPermissions.OPERATE)
                    || place.hasPermission(ReleaseGuardPermissions.OVERRIDE)
                    || place.hasPermission(ReleaseGuardPermissions.SIGN_OFF);
        }
        // a job in a folder that can't be seen can't be seen either
        for (Item at = item; at != null; at = at.getParent() instanceof Item above ? above : null) {
            if (!at.hasPermission(Item.READ)) {
                return false;
            }
        }
        return true;
    }
}
