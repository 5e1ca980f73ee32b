// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A place where something is set up for releases: the controller, or a folder for what is below it. */
@Restricted(NoExternalUse.class)
public interface SetupScope {
    /** How messages call it. */
    String where();

    /** Where credentials of what is set up here are looked up. */
    ItemGroup<?> context();

    List<MetricSourceSetup> getSources();

    List<RouterSetup> getRouters();

    List<EndpointSetup> getEndpoints();

    List<ChannelSetup> getChannels();

    List<FreezeSetup> getFreezes();

    /** To whom services belong. */
    List<ServiceSetup> getServices();

    /** Patterns of full names of the jobs here that procedures of releases here may start; null for none. */
    String getProcedureJobs();

    /** Whether the list of such jobs has one. */
    default boolean hasProcedureJob(String fullName) {
        return NameList.of(getProcedureJobs()).stream().anyMatch(pattern -> Glob.matchesText(pattern, fullName));
    }

    /** Null where nothing is demanded. */
    PolicySetup getPolicy();
}
