// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Knows what is set up in a folder; there is none without a plugin that has folders. */
@Restricted(NoExternalUse.class)
public interface FolderScopes extends ExtensionPoint {
    Optional<SetupScope> at(ItemGroup<?> folder);

    /** What is set up in any folder that the caller may see. */
    List<SetupScope> all();
}
