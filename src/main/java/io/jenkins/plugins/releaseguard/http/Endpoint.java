// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * An address that an administrator has set up under an id, with the headers that authorise; they are read at each call.
 *
 * @param bounds what may be called below it
 */
public record Endpoint(String base, Supplier<Map<String, String>> secretHeaders, EndpointBounds bounds) {
    /** One whose calls no contract chooses. */
    public Endpoint(String base, Supplier<Map<String, String>> secretHeaders) {
        this(base, secretHeaders, EndpointBounds.ANY);
    }

    /**
     * Why a call would be refused, as the end of "is set up …" or a whole clause; empty where it would be made.
     *
     * @param path as a contract has it, below the address
     */
    public Optional<String> refusal(String method, String path) {
        try {
            HttpUrl url = below(path);
            if (url == null) {
                return Optional.of("elsewhere: the path leads out of it");
            }
            return bounds.refusal(method, relative(url));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("with an address and a path that lead nowhere: " + e.getMessage());
        }
    }

    /** @throws IOException the path leads out of the endpoint, or it isn't set up for that */
    HttpUrl url(HttpCall call) throws IOException {
        HttpUrl url = below(call.url());
        if (url == null) {
            throw new IOException("the path leads out of endpoint '" + call.endpoint() + "'");
        }
        require(call, url);
        return url;
    }

    /** @throws IOException it isn't set up for that */
    void require(HttpCall call, HttpUrl url) throws IOException {
        Optional<String> wrong = bounds.refusal(call.method(), relative(url));
        if (wrong.isPresent()) {
            throw new IOException("the endpoint '" + call.endpoint() + "' is set up " + wrong.get());
        }
    }

    /** Null where it leads out. */
    private HttpUrl below(String path) throws IOException {
        HttpUrl address = HttpUrl.get(base);
        if (path.isEmpty()) {
            return address;
        }
        AllowedAddresses.requirePlain(path);
        HttpUrl folder = address.encodedPath().endsWith("/")
                ? address
                : address.newBuilder().addPathSegment("").build();
        HttpUrl url = folder.resolve("./" + (path.startsWith("/") ? path.substring(1) : path));
        return url != null && AllowedAddresses.covers(address, url) ? url : null;
    }

    /** What follows the address, decoded once: what is encoded more than that is no name that a pattern has. */
    private String relative(HttpUrl url) {
        List<String> own = HttpUrl.get(base).pathSegments();
        int before = own.get(own.size() - 1).isEmpty() ? own.size() - 1 : own.size();
        List<String> all = url.pathSegments();
        return String.join("/", all.subList(Math.min(before, all.size()), all.size()));
    }

    @Override
    public String toString() {
        // a webhook's path is a secret
        return "Endpoint";
    }
}
