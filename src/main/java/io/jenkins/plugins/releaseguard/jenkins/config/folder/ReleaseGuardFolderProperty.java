// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.config.ChannelSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.FolderScopes;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ListField;
import io.jenkins.plugins.releaseguard.jenkins.config.Messages;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import io.jenkins.plugins.releaseguard.jenkins.config.StoredSetups;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What is set up in a folder for the releases of the jobs below it. */
@Restricted(NoExternalUse.class)
public final class ReleaseGuardFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> implements SetupScope {
    private List<MetricSourceSetup> sources = new ArrayList<>();
    private List<RouterSetup> routers = new ArrayList<>();
    private List<EndpointSetup> endpoints = new ArrayList<>();
    private List<ChannelSetup> channels = new ArrayList<>();
    private List<FreezeSetup> freezes = new ArrayList<>();
    private List<ServiceSetup> services = new ArrayList<>();
    private PolicySetup policy;
    private String procedureJobs;

    @DataBoundConstructor
    public ReleaseGuardFolderProperty() {
        // everything is optional
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        sources = StoredSetups.list(sources, MetricSourceSetup.class);
        routers = StoredSetups.list(routers, RouterSetup.class);
        endpoints = StoredSetups.list(endpoints, EndpointSetup.class);
        channels = StoredSetups.list(channels, ChannelSetup.class);
        freezes = StoredSetups.list(freezes, FreezeSetup.class);
        services = StoredSetups.list(services, ServiceSetup.class);
        return this;
    }

    @Override
    protected void setOwner(@NonNull AbstractFolder<?> owner) {
        super.setOwner(owner);
        StoredSetups.report(owner, this);
    }

    @Override
    public String where() {
        return "the folder " + owner.getFullName();
    }

    @Override
    public ItemGroup<?> context() {
        return owner;
    }

    @Override
    public List<MetricSourceSetup> getSources() {
        return List.copyOf(sources);
    }

    @DataBoundSetter
    public void setSources(List<MetricSourceSetup> sources) {
        this.sources = new ArrayList<>(Util.fixNull(sources));
    }

    @Override
    public List<RouterSetup> getRouters() {
        return List.copyOf(routers);
    }

    @DataBoundSetter
    public void setRouters(List<RouterSetup> routers) {
        this.routers = new ArrayList<>(Util.fixNull(routers));
    }

    @Override
    public List<EndpointSetup> getEndpoints() {
        return List.copyOf(endpoints);
    }

    @DataBoundSetter
    public void setEndpoints(List<EndpointSetup> endpoints) {
        this.endpoints = new ArrayList<>(Util.fixNull(endpoints));
    }

    @Override
    public List<ChannelSetup> getChannels() {
        return List.copyOf(channels);
    }

    @DataBoundSetter
    public void setChannels(List<ChannelSetup> channels) {
        this.channels = new ArrayList<>(Util.fixNull(channels));
    }

    @Override
    public List<FreezeSetup> getFreezes() {
        return List.copyOf(freezes);
    }

    @DataBoundSetter
    public void setFreezes(List<FreezeSetup> freezes) {
        this.freezes = new ArrayList<>(Util.fixNull(freezes));
    }

    @Override
    public List<ServiceSetup> getServices() {
        return List.copyOf(services);
    }

    @DataBoundSetter
    public void setServices(List<ServiceSetup> services) {
        this.services = new ArrayList<>(Util.fixNull(services));
    }

    @Override
    public PolicySetup getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(PolicySetup policy) {
        this.policy = policy;
    }

    @Override
    public String getProcedureJobs() {
        return procedureJobs;
    }

    @DataBoundSetter
    public void setProcedureJobs(String procedureJobs) {
        this.procedureJobs = Util.fixEmptyAndTrim(procedureJobs);
    }

    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("releaseGuard")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ReleaseGuardConfiguration_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckProcedureJobs(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item) ? ListField.check(value) : FormValidation.ok();
        }
    }

    /** Finds the property of a folder. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    public static final class Scopes implements FolderScopes {
        @Override
        public Optional<SetupScope> at(ItemGroup<?> folder) {
            return folder instanceof AbstractFolder<?> known
                    ? Optional.ofNullable(known.getProperties().get(ReleaseGuardFolderProperty.class))
                    : Optional.empty();
        }

        @Override
        public List<SetupScope> all() {
            List<SetupScope> all = new ArrayList<>();
            for (AbstractFolder<?> folder : Jenkins.get().allItems(AbstractFolder.class)) {
                at(folder).ifPresent(all::add);
            }
            return all;
        }
    }
}
