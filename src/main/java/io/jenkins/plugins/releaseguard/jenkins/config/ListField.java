// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A form's field of names or patterns: something written that names nothing is told before it is saved. */
@Restricted(NoExternalUse.class)
public final class ListField {
    private ListField() {}

    /** Asks for no permission: who calls it does. */
    public static FormValidation check(String value) {
        return NameList.isOnlySeparators(value)
                ? FormValidation.error(Messages.ListField_OnlySeparators())
                : FormValidation.ok();
    }
}
