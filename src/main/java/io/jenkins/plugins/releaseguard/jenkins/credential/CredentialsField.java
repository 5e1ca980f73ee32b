// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.credential;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The field's rules for a drop-down of credentials: who may not choose sees only what is chosen. */
@Restricted(NoExternalUse.class)
public final class CredentialsField {
    private static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private CredentialsField() {}

    /** @param item null on the global page */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    public static void checkConfigure(Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    /** For lists that hold nothing of the controller's own. */
    public static void checkRead(Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        } else {
            item.checkPermission(Item.EXTENDED_READ);
        }
    }

    private static boolean mayChoose(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * Where credentials are looked up for what is set up at {@code item}: the folder itself, or the job's folder. What the controller
     * has for itself is for its own page only, never for a job that happens to stand at the root.
     */
    public static ItemGroup<?> context(Item item) {
        if (item == null) {
            return Jenkins.get();
        }
        if (item instanceof ItemGroup<?> group) {
            return group;
        }
        ItemGroup<?> parent = item.getParent();
        return parent == Jenkins.get() ? new NamedPlace(item.getFullName()) : parent;
    }

    /** Tokens and logins for an address. */
    public static ListBoxModel fill(Item item, String url, String current) {
        return fill(item, url, current, USABLE);
    }

    /** Secret texts only. */
    public static ListBoxModel fillTexts(Item item, String current) {
        return fill(item, "", current, CredentialsMatchers.instanceOf(StringCredentials.class));
    }

    private static ListBoxModel fill(Item item, String url, String current, CredentialsMatcher usable) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!mayChoose(item)) {
            return items.includeCurrentValue(current);
        }
        items.includeEmptyValue();
        if (item == null) {
            items.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, at(url), usable);
        } else {
            items.includeMatchingAs(ACL.SYSTEM2, item, StandardCredentials.class, at(url), usable);
        }
        return items.includeCurrentValue(current);
    }

    public static FormValidation check(Item item, String url, String id) {
        if (!mayChoose(item) || Util.fixEmptyAndTrim(id) == null) {
            return FormValidation.ok();
        }
        ListBoxModel found = item == null
                ? CredentialsProvider.listCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, at(url), CredentialsMatchers.withId(id))
                : CredentialsProvider.listCredentialsInItem(
                        StandardCredentials.class, item, ACL.SYSTEM2, at(url), CredentialsMatchers.withId(id));
        return found.isEmpty() ? FormValidation.error(Messages.CredentialsField_NotFound()) : FormValidation.ok();
    }

    private static List<DomainRequirement> at(String url) {
        return URIRequirementBuilder.fromUri(Util.fixNull(url)).build();
    }
}
