// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Item;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.releaseguard.effect.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.effect.http.HttpCalls;
import io.jenkins.plugins.releaseguard.effect.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import okhttp3.OkHttpClient;

/** HTTP from the controller: to addresses on the list, or to endpoints that are set up, through the controller's proxy. */
final class JenkinsHttp {
    private static final OkHttpClient BASE = new OkHttpClient();
    private static final long MOST_BYTES = 4L << 20;

    private JenkinsHttp() {}

    static HttpCalls of(Item job) {
        return new OkHttpCalls(
                JenkinsOkHttpClient.newClientBuilder(BASE).build(),
                new AllowedAddresses(ReleaseGuardConfiguration.get().allowed()),
                id -> Setups.endpoint(job, id),
                MOST_BYTES);
    }
}
