// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Calls through OkHttp: allowed addresses and endpoints only, redirects only within the same scheme, host and port, time and
 * body bounded. Messages name an address without its query.
 */
public final class OkHttpCalls implements HttpCalls {
    private static final int REDIRECTS = 5;
    private static final Set<String> NEED_BODY = Set.of("POST", "PUT", "PATCH");

    private final OkHttpClient client;
    private final AllowedAddresses allowed;
    private final Function<String, Optional<Endpoint>> endpoints;
    private final long maxBytes;

    /** @param maxBytes how much of a body is read */
    public OkHttpCalls(
            OkHttpClient client,
            AllowedAddresses allowed,
            Function<String, Optional<Endpoint>> endpoints,
            long maxBytes) {
        this.client = client.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        this.allowed = allowed;
        this.endpoints = endpoints;
        this.maxBytes = maxBytes;
    }

    @Override
    public HttpResult call(HttpCall call) throws IOException, InterruptedException {
        Optional<Endpoint> endpoint =
                call.endpoint().isEmpty() ? Optional.empty() : Optional.of(known(call.endpoint()));
        HttpUrl url = endpoint.isPresent() ? below(endpoint.get(), call) : allowed.check(call.url());
        Map<String, String> secret = endpoint.map(e -> e.secretHeaders().get()).orElse(Map.of());
        long start = System.nanoTime();
        try {
            for (int hop = 0; hop <= REDIRECTS; hop++) {
                Duration left = call.limit().minusNanos(System.nanoTime() - start);
                if (left.isNegative() || left.isZero()) {
                    throw new InterruptedIOException("timeout");
                }
                try (Response response = once(call, url, secret, left)) {
                    HttpUrl next = redirect(call, response);
                    if (next == null) {
                        return result(response, start);
                    }
                    url = follow(url, next, endpoint);
                }
            }
            throw new IOException(call + " redirects more than " + REDIRECTS + " times");
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while calling " + call);
            }
            throw new IOException(
                    call + " did not answer within " + call.limit().toMillis() + " ms", e);
        } catch (IOException e) {
            throw new IOException(call + ": " + e.getMessage(), e);
        }
    }

    private Endpoint known(String id) throws IOException {
        return endpoints.apply(id).orElseThrow(() -> new IOException("no endpoint '" + id + "' is set up"));
    }

    private static HttpUrl below(Endpoint endpoint, HttpCall call) throws IOException {
        HttpUrl base = HttpUrl.get(endpoint.base());
        if (call.url().isEmpty()) {
            return base;
        }
        HttpUrl folder = base.encodedPath().endsWith("/")
                ? base
                : base.newBuilder().addPathSegment("").build();
        String path = call.url().startsWith("/") ? call.url().substring(1) : call.url();
        HttpUrl url = folder.resolve("./" + path);
        if (url == null || !AllowedAddresses.covers(base, url)) {
            throw new IOException("the path leads out of endpoint '" + call.endpoint() + "'");
        }
        return url;
    }

    private Response once(HttpCall call, HttpUrl url, Map<String, String> secret, Duration left) throws IOException {
        Request.Builder request = new Request.Builder().url(url);
        call.headers().forEach(request::header);
        secret.forEach(request::header);
        String body = call.body() == null && NEED_BODY.contains(call.method()) ? "" : call.body();
        MediaType type = MediaType.parse(call.headers().getOrDefault("Content-Type", "application/json"));
        request.method(
                call.method(), body == null ? null : RequestBody.create(body.getBytes(StandardCharsets.UTF_8), type));
        return client.newBuilder()
                .callTimeout(left)
                .build()
                .newCall(request.build())
                .execute();
    }

    /** Where the answer sends us, null where it doesn't. Only what can be repeated is followed. */
    private static HttpUrl redirect(HttpCall call, Response response) {
        String location = response.header("Location");
        boolean repeatable = call.method().equals("GET") || call.method().equals("HEAD");
        return response.isRedirect() && repeatable && location != null
                ? response.request().url().resolve(location)
                : null;
    }

    private HttpUrl follow(HttpUrl from, HttpUrl to, Optional<Endpoint> endpoint) throws IOException {
        if (!AllowedAddresses.sameOrigin(from, to)) {
            throw new IOException("redirects to another host, " + AllowedAddresses.origin(to));
        }
        if (endpoint.isPresent()
                && !AllowedAddresses.covers(HttpUrl.get(endpoint.get().base()), to)) {
            throw new IOException("redirects out of the endpoint");
        }
        if (endpoint.isEmpty()) {
            allowed.check(to.toString());
        }
        return to;
    }

    private HttpResult result(Response response, long start) throws IOException {
        BufferedSource source = response.body().source();
        boolean more = source.request(maxBytes + 1);
        byte[] body = source.readByteArray(Math.min(maxBytes, source.getBuffer().size()));
        String type = response.header("Content-Type", "");
        return new HttpResult(response.code(), type, body, more, Duration.ofNanos(System.nanoTime() - start));
    }
}
