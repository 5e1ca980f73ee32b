// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.config.ConfiguredHttp;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** HTTP from the controller to what is set up for a release. */
@Restricted(NoExternalUse.class)
public final class JenkinsHttp {
    private JenkinsHttp() {}

    public static HttpCalls of(SetupUser user) {
        return ConfiguredHttp.to(id -> Setups.endpoint(user, id));
    }
}
