// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerFragments;
import net.sf.json.JSONObject;
import okhttp3.HttpUrl;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What administrators set up for all releases. Setters only assign; {@link #configure} and JCasC save. */
@Restricted(NoExternalUse.class)
@Extension
@Symbol("releaseGuard")
// a form's part by itself is no page
@StaplerFragments("config")
public final class ReleaseGuardConfiguration extends GlobalConfiguration implements SetupScope {
    private static final int DEFAULT_HOURS = 8;

    private List<MetricSourceSetup> sources = new ArrayList<>();
    private List<RouterSetup> routers = new ArrayList<>();
    private List<EndpointSetup> endpoints = new ArrayList<>();
    private List<ChannelSetup> channels = new ArrayList<>();
    private List<FreezeSetup> freezes = new ArrayList<>();
    private List<ServiceSetup> services = new ArrayList<>();
    private PolicySetup policy;
    private String procedureJobs;
    private int signOffHours = DEFAULT_HOURS;
    private String allowedAddresses;
    private String folderAddresses;
    private OrphanPolicy orphans = OrphanPolicy.ROLLBACK;

    public ReleaseGuardConfiguration() {
        load();
    }

    /** Also what is old, written by hand or half there: empty where it isn't what it should be. */
    @Override
    public final synchronized void load() {
        super.load();
        sources = StoredSetups.list(sources, MetricSourceSetup.class);
        routers = StoredSetups.list(routers, RouterSetup.class);
        endpoints = StoredSetups.list(endpoints, EndpointSetup.class);
        channels = StoredSetups.list(channels, ChannelSetup.class);
        freezes = StoredSetups.list(freezes, FreezeSetup.class);
        services = StoredSetups.list(services, ServiceSetup.class);
        setSignOffHours(signOffHours);
        StoredSetups.report(this, this);
    }

    /** Also what came from a form or from JCasC; a change takes what was told before from the list of old data. */
    @Override
    public final synchronized void save() {
        super.save();
        StoredSetups.report(this, this);
    }

    public static ReleaseGuardConfiguration get() {
        return ExtensionList.lookupSingleton(ReleaseGuardConfiguration.class);
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

    /** How long the gate waits for sign-offs where the contract doesn't say. */
    public int getSignOffHours() {
        return signOffHours;
    }

    @DataBoundSetter
    public void setSignOffHours(int signOffHours) {
        this.signOffHours = signOffHours > 0 ? signOffHours : DEFAULT_HOURS;
    }

    @Override
    public String where() {
        return "the controller";
    }

    @Override
    public ItemGroup<?> context() {
        return Jenkins.get();
    }

    /** Addresses that a contract may name bare, one a line; empty for none. */
    public String getAllowedAddresses() {
        return allowedAddresses;
    }

    @DataBoundSetter
    public void setAllowedAddresses(String allowedAddresses) {
        this.allowedAddresses = Util.fixEmptyAndTrim(allowedAddresses);
    }

    /** Where set-ups of folders may call, one a line; null for anywhere. */
    public String getFolderAddresses() {
        return folderAddresses;
    }

    @DataBoundSetter
    public void setFolderAddresses(String folderAddresses) {
        this.folderAddresses = Util.fixEmptyAndTrim(folderAddresses);
    }

    public List<String> allowed() {
        return allowedAddresses == null
                ? List.of()
                : allowedAddresses
                        .lines()
                        .map(String::trim)
                        .filter(HttpUrlText::valid)
                        .toList();
    }

    public OrphanPolicy getOrphans() {
        return orphans == null ? OrphanPolicy.ROLLBACK : orphans;
    }

    @DataBoundSetter
    public void setOrphans(OrphanPolicy orphans) {
        this.orphans = orphans;
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) {
        // lists that were emptied are not sent
        sources = new ArrayList<>();
        routers = new ArrayList<>();
        endpoints = new ArrayList<>();
        channels = new ArrayList<>();
        freezes = new ArrayList<>();
        services = new ArrayList<>();
        policy = null;
        req.bindJSON(this, json);
        save();
        return true;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ReleaseGuardConfiguration_DisplayName();
    }

    @RequirePOST
    public ListBoxModel doFillOrphansItems() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ListBoxModel items = new ListBoxModel();
        for (OrphanPolicy policy : OrphanPolicy.values()) {
            items.add(policy.getDisplayName(), policy.name());
        }
        return items;
    }

    @RequirePOST
    public FormValidation doCheckProcedureJobs(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return ListField.check(value);
    }

    @RequirePOST
    public FormValidation doCheckSignOffHours(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validatePositiveInteger(value);
    }

    @RequirePOST
    public FormValidation doCheckAllowedAddresses(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return value.lines()
                .map(String::trim)
                .filter(line -> !line.isEmpty() && !HttpUrlText.valid(line))
                .findFirst()
                .map(line -> FormValidation.error(Messages.ReleaseGuardConfiguration_NoAddress(line)))
                .orElse(FormValidation.ok());
    }

    @RequirePOST
    public FormValidation doCheckFolderAddresses(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        List<String> lines = FolderAddresses.lines(value);
        return lines.stream()
                .filter(line -> !FolderAddresses.valid(line))
                .findFirst()
                .map(line -> FormValidation.error(Messages.FolderAddresses_NoAddress(line)))
                .orElse(lines.isEmpty() ? FormValidation.ok(Messages.FolderAddresses_Any()) : FormValidation.ok());
    }

    private static final class HttpUrlText {
        static boolean valid(String text) {
            return HttpUrl.parse(text) != null;
        }
    }
}
