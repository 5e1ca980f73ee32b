// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.Optional;

/** Knows what is set up in a folder; there is none without a plugin that has folders. */
public interface FolderScopes extends ExtensionPoint {
    Optional<SetupScope> at(ItemGroup<?> folder);
}
