// SPDX-License-Identifier: MIT
/** The same in folders, where the plugin for folders is there. */
package io.jenkins.plugins.releaseguard.jenkins.config.folder;
