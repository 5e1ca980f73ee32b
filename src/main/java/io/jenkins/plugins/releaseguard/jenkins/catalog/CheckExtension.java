// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.catalog;

import hudson.ExtensionPoint;
import io.jenkins.plugins.releaseguard.evidence.Check;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/**
 * A check that another plugin brings, found by {@code @Extension}. Contracts name it by its kind; a kind that is taken already
 * is left out, and the administrator's log says so.
 */
@Restricted(Beta.class)
public interface CheckExtension extends Check, ExtensionPoint {}
