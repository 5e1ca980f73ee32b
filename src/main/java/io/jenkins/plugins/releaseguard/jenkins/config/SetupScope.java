// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
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

    /** Null where nothing is demanded. */
    PolicySetup getPolicy();
}
