// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.http.Authorization;
import java.net.URI;
import java.time.Duration;

/**
 * Where a Prometheus is and how its labels name the two variants.
 *
 * @param url up to where {@code /api/v1} begins, without user or password
 * @param canary what {@code $track} stands for on the canary's side
 * @param baseline the same for the other side: {@code baseline}, {@code stable} and so on
 * @param timeout for one query; a whole look may take three times as long
 * @param bodyLimit the largest answer in bytes
 */
public record PrometheusSettings(
        URI url, Authorization authorization, String canary, String baseline, Duration timeout, int bodyLimit) {

    /** @throws IllegalArgumentException if the address is none, or carries a password */
    public PrometheusSettings {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address of a Prometheus is http:// or https://, a host and perhaps a path");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "The address of a Prometheus has no user, password or query in it: set credentials of their own");
        }
        if (canary.equals(baseline)) {
            throw new IllegalArgumentException(
                    "The canary and the baseline have the same label '" + canary + "': they would be the same numbers");
        }
    }

    /** Labels {@code canary} and {@code baseline}, no authorization, five seconds, 1 MiB. */
    public static PrometheusSettings of(URI url) {
        return new PrometheusSettings(
                url, Authorization.NONE, "canary", "baseline", Duration.ofSeconds(5), 1024 * 1024);
    }

    public PrometheusSettings withTracks(String canaryLabel, String baselineLabel) {
        return new PrometheusSettings(url, authorization, canaryLabel, baselineLabel, timeout, bodyLimit);
    }

    public PrometheusSettings with(Authorization by) {
        return new PrometheusSettings(url, by, canary, baseline, timeout, bodyLimit);
    }

    public PrometheusSettings withTimeout(Duration limit) {
        return new PrometheusSettings(url, authorization, canary, baseline, limit, bodyLimit);
    }

    /** Host and port, for messages. */
    String host() {
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        return url.getHost() + ':' + port;
    }
}
