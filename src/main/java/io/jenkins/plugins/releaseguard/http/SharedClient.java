// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** One pool of connections and threads for the process; whoever uses it adds its proxy and limits with {@code newBuilder}. */
public final class SharedClient {
    /** OkHttp queues what is over 64 calls, 5 a host: the wait would count as the service's slowness. */
    private static final int MOST_CALLS = 256;

    private static final int MOST_CALLS_A_HOST = 64;
    private static final OkHttpClient CLIENT =
            new OkHttpClient.Builder().dispatcher(dispatcher()).build();

    private SharedClient() {}

    public static OkHttpClient get() {
        return CLIENT;
    }

    private static Dispatcher dispatcher() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MOST_CALLS);
        dispatcher.setMaxRequestsPerHost(MOST_CALLS_A_HOST);
        return dispatcher;
    }
}
