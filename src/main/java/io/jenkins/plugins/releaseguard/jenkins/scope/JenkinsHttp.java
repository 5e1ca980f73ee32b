// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.config.ConfiguredHttp;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** HTTP from the controller to what a place has set up. */
@Restricted(NoExternalUse.class)
public final class JenkinsHttp {
    private JenkinsHttp() {}

    public static HttpCalls of(ItemGroup<?> place) {
        return ConfiguredHttp.to(id -> Setups.endpoint(place, id));
    }
}
