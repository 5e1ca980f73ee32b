// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import java.util.List;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who made what a build releases.
 *
 * @param users ids of users
 * @param unknown why somebody may be missing among them, one clause each; empty where nobody is
 */
@Restricted(NoExternalUse.class)
public record Makers(Set<String> users, List<String> unknown) {
    /** As records of older versions have it. */
    public static final Makers NOBODY = new Makers(Set.of(), List.of());

    public Makers {
        users = users == null ? Set.of() : Set.copyOf(users);
        unknown = unknown == null ? List.of() : List.copyOf(unknown);
    }
}
