// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A call: either a bare {@code url}, or the id of an {@code endpoint} that an administrator has set up with its credentials,
 * then {@code url} is a path below it. {@code limit} bounds the whole call.
 */
@Beta
public record HttpCall(
        String method, String endpoint, String url, Map<String, String> headers, String body, Duration limit) {
    public HttpCall {
        method = method == null || method.isBlank() ? "GET" : method.toUpperCase(Locale.ROOT);
        endpoint = endpoint == null ? "" : endpoint;
        url = url == null ? "" : url;
        headers = Map.copyOf(headers);
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a call needs a time limit above zero");
        }
    }

    public static HttpCall get(String url, Duration limit) {
        return new HttpCall("GET", "", url, Map.of(), null, limit);
    }

    /** Without headers, body, query, fragment and user, which may carry what isn't for every reader. */
    @Override
    public String toString() {
        return method + " " + (endpoint.isEmpty() ? "" : endpoint + ":") + shown(url);
    }

    private static String shown(String url) {
        String place = url.split("[?#]", 2)[0];
        int authority = place.indexOf("//") < 0 ? 0 : place.indexOf("//") + 2;
        int path = place.indexOf('/', authority);
        int host = place.lastIndexOf('@', path < 0 ? place.length() : path);
        return authority > 0 && host >= authority ? place.substring(0, authority) + place.substring(host + 1) : place;
    }
}
