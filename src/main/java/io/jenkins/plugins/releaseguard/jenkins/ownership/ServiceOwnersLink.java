// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.ManagementLink;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Whose services are, under Manage Jenkins, and where a claim is freed. */
@Extension
@Restricted(NoExternalUse.class)
public final class ServiceOwnersLink extends ManagementLink implements StaplerProxy {
    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ServiceOwnersLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.ServiceOwnersLink_Description();
    }

    @Override
    public String getUrlName() {
        return "release-guard-services";
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    /** Neither the list nor anything below it is for others. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** What was claimed, for the page. */
    public record Row(String service, String place, String how, String since, boolean deleted) {
        static Row of(ServiceClaim claim) {
            return new Row(
                    claim.service(), claim.place(), claim.how(), claim.at().toString(), claim.deleted() != null);
        }

        public String getService() {
            return service;
        }

        public String getPlace() {
            return place;
        }

        public String getHow() {
            return how;
        }

        public String getSince() {
            return since;
        }

        /** Whether the place was deleted: what has its name now is another. */
        public boolean isDeleted() {
            return deleted;
        }

        /** Whether the place is there; what belonged to one that is gone is nobody's to release until it is freed. */
        public boolean isGone() {
            return !deleted && Jenkins.get().getItemByFullName(place) == null;
        }

        /** Relative to the page. */
        public String getFreeQuery() {
            return "service=" + URLEncoder.encode(service, StandardCharsets.UTF_8) + "&place="
                    + URLEncoder.encode(place, StandardCharsets.UTF_8);
        }
    }

    @Restricted(DoNotUse.class) // for Jelly
    public List<Row> getRows() {
        return ServiceOwners.get().claims().stream().map(Row::of).toList();
    }

    /** What the controller's configuration gives, which goes before. */
    @Restricted(DoNotUse.class)
    public List<ServiceSetup> getConfigured() {
        return ReleaseGuardConfiguration.get().getServices();
    }

    @Restricted(DoNotUse.class)
    public String getTrouble() {
        return ServiceOwners.get().trouble();
    }

    /**
     * Frees a service: its next release claims it.
     *
     * @param place whose it was on the page; another one by now is refused
     */
    @RequirePOST
    public HttpResponse doFree(@QueryParameter String service, @QueryParameter String place) throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String by = Jenkins.getAuthentication2().getName();
        if (!ServiceOwners.get().free(Util.fixNull(service), Util.fixNull(place), by)) {
            return HttpResponses.errorWithoutStack(409, Messages.ServiceOwnersLink_Changed());
        }
        return HttpResponses.redirectToDot();
    }
}
