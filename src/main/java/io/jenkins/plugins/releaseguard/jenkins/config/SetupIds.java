// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.util.regex.Pattern;

/** The ids by which contracts name what is set up. */
final class SetupIds {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9#][A-Za-z0-9._-]{0,63}");

    private SetupIds() {}

    static boolean valid(String id) {
        return id != null && ID.matcher(id).matches();
    }

    static FormValidation check(Item item, String id) {
        if (!CredentialsField.mayConfigure(item) || valid(id)) {
            return FormValidation.ok();
        }
        return FormValidation.error(Messages.SetupIds_Invalid());
    }
}
