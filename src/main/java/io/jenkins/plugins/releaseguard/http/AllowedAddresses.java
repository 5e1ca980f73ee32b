// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.text.UrlPath;
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

    /** Whether an address may be called. */
    public boolean covers(String url) {
        try {
            check(url);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    HttpUrl check(String url) throws IOException {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw new IOException("no http or https address");
        }
        requirePlain(url.substring(pathOf(url)));
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            throw new IOException("an address may not carry credentials; have an endpoint set up instead");
        }
        if (bases.stream().noneMatch(base -> covers(base, parsed))) {
            throw new IOException(origin(parsed) + " is not on the list of allowed addresses");
        }
        return parsed;
    }

    /** Where the path begins, as it is written: what resolves it takes dots out before they can be seen. */
    private static int pathOf(String url) throws IOException {
        int at = url.indexOf("://");
        at = at < 0 ? url.length() : at + 3;
        while (at < url.length() && "/?#".indexOf(url.charAt(at)) < 0) {
            if (url.charAt(at++) == '\\') {
                throw new IOException("the address has a backslash");
            }
        }
        return at;
    }

    /**
     * A path that stays where it begins for whoever reads it on the way.
     *
     * @throws IOException it has dots, or separators that are encoded
     */
    static void requirePlain(String path) throws IOException {
        UrlPath.Fault fault = UrlPath.fault(path);
        if (fault != null) {
            throw new IOException(fault.text() + ", which can lead out of what is allowed");
        }
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
