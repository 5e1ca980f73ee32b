// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.time.Duration;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * What came back to one request, as it came: nothing was followed.
 *
 * @param truncated whether the body was longer than its bound
 * @param took from its turn on; what it waited in our own queues is nobody's slowness
 */
public record Reply(HttpUrl url, int status, Headers headers, byte[] body, boolean truncated, Duration took) {
    Reply(HttpUrl url, int status, Headers headers, byte[] body, boolean truncated) {
        this(url, status, headers, body, truncated, Duration.ZERO);
    }

    /** The same, which began at that instant of {@link System#nanoTime}. */
    Reply since(long began) {
        return new Reply(
                url, status, headers, body, truncated, Duration.ofNanos(Math.max(0, System.nanoTime() - began)));
    }

    /** A header's last value, or the other where there is none. */
    public String header(String name, String other) {
        String value = headers.get(name);
        return value == null ? other : value;
    }

    public boolean isRedirect() {
        return switch (status) {
            case 300, 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /** Where a redirect leads; null where this is none or leads to no http address. */
    public HttpUrl target() {
        String location = headers.get("Location");
        return isRedirect() && location != null ? url.resolve(location) : null;
    }
}
