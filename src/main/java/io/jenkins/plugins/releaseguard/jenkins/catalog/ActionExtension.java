// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.catalog;

import hudson.ExtensionPoint;
import io.jenkins.plugins.releaseguard.effect.action.ProcedureAction;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/**
 * An action of rollback procedures that another plugin brings, found by {@code @Extension}. Contracts name it by its kind; a
 * kind that is taken already is left out, and the administrator's log says so.
 */
@Restricted(Beta.class)
public interface ActionExtension extends ProcedureAction, ExtensionPoint {}
