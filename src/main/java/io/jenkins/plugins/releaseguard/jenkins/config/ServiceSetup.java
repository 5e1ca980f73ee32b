// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * To whom a service belongs: which jobs may release it. Several of one service are several owners. At the controller the owner is a full
 * name, in a folder a name below it.
 */
@Restricted(NoExternalUse.class)
public final class ServiceSetup extends AbstractDescribableImpl<ServiceSetup> {
    /** An owner that is every job. No item can be called so. */
    public static final String EVERYBODY = "*";

    private final String service;
    private String owner;

    /** @param service as contracts name it, exactly; at the controller {@code *} is any text */
    @DataBoundConstructor
    public ServiceSetup(String service) {
        this.service = Util.fixNull(service).trim();
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        return service == null ? new ServiceSetup(null) : this;
    }

    public String getService() {
        return service;
    }

    /** Of a folder or a job; null in a folder for the folder itself. */
    public String getOwner() {
        return owner;
    }

    @DataBoundSetter
    public void setOwner(String owner) {
        this.owner = Util.fixEmptyAndTrim(owner);
    }

    /** The field without which it gives nothing to nobody, where it is empty. */
    Optional<String> lacks(SetupScope scope) {
        Optional<String> lacking = StoredSetups.empty("service", service);
        if (lacking.isPresent() || scope.context() == Jenkins.get()) {
            return lacking.or(() -> StoredSetups.empty("owner", owner));
        }
        return below("").isPresent() ? Optional.empty() : Optional.of("owner below its folder");
    }

    /** Whether the controller means this service by it. */
    public boolean isPatternOf(String name) {
        return Glob.matchesText(service, name);
    }

    /**
     * What a folder gives the service to.
     *
     * @param folder full name of the folder that it is set up in
     * @return full name of the folder itself or of something below it; empty where it names neither
     */
    public Optional<String> below(String folder) {
        if (owner == null) {
            return Optional.of(folder);
        }
        boolean plain = !owner.contains("..") && !owner.startsWith("/") && !owner.contains(EVERYBODY);
        return plain ? Optional.of(folder + "/" + owner) : Optional.empty();
    }

    @Extension
    @Symbol("service")
    public static final class DescriptorImpl extends Descriptor<ServiceSetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceSetup_DisplayName();
        }

        /** A folder's line may have no effect: it is said before anybody counts on it. */
        @RequirePOST
        public FormValidation doCheckService(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String owner) {
            if (!CredentialsField.mayConfigure(item) || !(item instanceof ItemGroup<?> folder)) {
                return FormValidation.ok();
            }
            ServiceSetup asked = new ServiceSetup(value);
            asked.setOwner(owner);
            return ClaimField.check(asked, folder);
        }

        @RequirePOST
        public FormValidation doCheckOwner(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            String name = Util.fixEmptyAndTrim(value);
            if (item == null && name == null) {
                return FormValidation.error(Messages.ServiceSetup_NoOwner());
            } else if (name == null || item == null && name.equals(EVERYBODY)) {
                return FormValidation.ok();
            }
            ServiceSetup asked = new ServiceSetup("");
            asked.setOwner(name);
            Optional<String> path = item == null ? Optional.of(name) : asked.below(item.getFullName());
            if (path.isEmpty()) {
                return FormValidation.error(Messages.ServiceSetup_NotBelow());
            }
            Item found = Jenkins.get().getItemByFullName(path.get());
            return found instanceof ItemGroup<?> || found instanceof hudson.model.Job<?, ?>
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.ServiceSetup_NoItem(path.get()));
        }
    }
}
