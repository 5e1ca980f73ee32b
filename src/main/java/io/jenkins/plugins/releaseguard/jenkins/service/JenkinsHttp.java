// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.ItemGroup;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.releaseguard.effect.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.effect.http.Endpoint;
import io.jenkins.plugins.releaseguard.effect.http.HttpCalls;
import io.jenkins.plugins.releaseguard.effect.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** HTTP from the controller: to addresses on the list, or to endpoints that are set up, through the controller's proxy. */
final class JenkinsHttp {
    private static final OkHttpClient BASE = new OkHttpClient();
    private static final long MOST_BYTES = 4L << 20;

    private JenkinsHttp() {}

    static HttpCalls of(ItemGroup<?> place) {
        return to(id -> Setups.endpoint(place, id));
    }

    /** A channel is told through here, and through nothing that a contract could send something else with. */
    static HttpCalls of(Channel channel) {
        return to(id -> Optional.of(channel.endpoint()));
    }

    private static HttpCalls to(Function<String, Optional<Endpoint>> endpoints) {
        return new OkHttpCalls(
                JenkinsOkHttpClient.newClientBuilder(BASE).build(),
                new AllowedAddresses(ReleaseGuardConfiguration.get().allowed()),
                endpoints,
                MOST_BYTES);
    }
}
