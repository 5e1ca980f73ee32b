// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * The addresses that a contract may name bare: scheme, host and port must be equal, the path below the allowed one. Nothing
 * is allowed by default.
 */
public final class AllowedAddresses {
    private final List<HttpUrl> bases;

    /** @throws IllegalArgumentException one of them is no http or https address */
    public AllowedAddresses(List<String> bases) {
        this.bases = bases.stream().map(HttpUrl::get).toList();
    }

    HttpUrl check(String url) throws IOException {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw new IOException("no http or https address");
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            throw new IOException("an address may not carry credentials; have an endpoint set up instead");
        }
        if (bases.stream().noneMatch(base -> covers(base, parsed))) {
            throw new IOException(origin(parsed) + " is not on the list of allowed addresses");
        }
        return parsed;
    }

    /** Whether an address is the base or below it, on the same scheme, host and port. OkHttp has resolved dots before. */
    static boolean covers(HttpUrl base, HttpUrl url) {
        String path = base.encodedPath();
        String folder = path.endsWith("/") ? path : path + "/";
        return sameOrigin(base, url)
                && (url.encodedPath().equals(path) || url.encodedPath().startsWith(folder));
    }

    static boolean sameOrigin(HttpUrl a, HttpUrl b) {
        return a.scheme().equals(b.scheme()) && a.host().equals(b.host()) && a.port() == b.port();
    }

    static String origin(HttpUrl url) {
        return url.scheme() + "://" + url.host() + ":" + url.port();
    }
}
