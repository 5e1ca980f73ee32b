// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.releaseguard.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** HTTP from the controller, through its proxy: to addresses on the list, or to endpoints that are set up. */
@Restricted(NoExternalUse.class)
public final class ConfiguredHttp {
    private static final long MOST_BYTES = 4L << 20;

    private ConfiguredHttp() {}

    public static HttpCalls to(Function<String, Optional<Endpoint>> endpoints) {
        return new OkHttpCalls(
                JenkinsOkHttpClient.newClientBuilder(SharedClient.get()).build(),
                new AllowedAddresses(ReleaseGuardConfiguration.get().allowed()),
                endpoints,
                MOST_BYTES);
    }
}
