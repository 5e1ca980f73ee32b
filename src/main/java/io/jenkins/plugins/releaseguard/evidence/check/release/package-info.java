// SPDX-License-Identifier: MIT
/** Checks of what is released and what was before: artifacts and where they come from, drills, environments, the last good release. */
package io.jenkins.plugins.releaseguard.evidence.check.release;
