// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.secret.Mask;
import io.jenkins.plugins.releaseguard.text.HeaderNames;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Calls through OkHttp: allowed addresses and endpoints only, redirects only within the same scheme, host and port, time and
 * body bounded. Messages name an address without its query.
 */
public final class OkHttpCalls implements HttpCalls {
    private static final int REDIRECTS = 5;
    private static final Set<String> NEED_BODY = Set.of("POST", "PUT", "PATCH");

    private final BoundedCall one;
    private final AllowedAddresses allowed;
    private final Function<String, Optional<Endpoint>> endpoints;

    /** @param maxBytes how much of a body is read */
    public OkHttpCalls(
            OkHttpClient client,
            AllowedAddresses allowed,
            Function<String, Optional<Endpoint>> endpoints,
            long maxBytes) {
        this.one = new BoundedCall(client, maxBytes);
        this.allowed = allowed;
        this.endpoints = endpoints;
    }

    @Override
    public HttpResult call(HttpCall call) throws IOException, InterruptedException {
        try {
            return Scope.await(callAsync(call, Runnable::run));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IOException(call + ": " + e.getCause().getClass().getSimpleName(), e.getCause());
        }
    }

    /** Holds no thread. */
    @Override
    public CompletableFuture<HttpResult> callAsync(HttpCall call, Executor blocking) {
        Scope scope = new Scope();
        return scope.answer(scope.start(() -> {
            Optional<Endpoint> endpoint =
                    call.endpoint().isEmpty() ? Optional.empty() : Optional.of(known(call.endpoint()));
            HttpUrl url = endpoint.isPresent() ? endpoint.get().url(call) : allowed.check(call.url());
            Map<String, String> secret =
                    endpoint.map(e -> e.secretHeaders().get()).orElse(Map.of());
            Hops hops = new Hops(scope, call, endpoint, secret, mask(secret));
            return hop(hops, url, 0, Duration.ZERO)
                    .exceptionallyCompose(error -> CompletableFuture.failedFuture(said(hops, Scope.cause(error))));
        }));
    }

    private record Hops(
            Scope scope, HttpCall call, Optional<Endpoint> endpoint, Map<String, String> secret, Mask mask) {}

    /**
     * @param before how many hops were made
     * @param spent what they took, without their waits in our own queues
     */
    private CompletableFuture<HttpResult> hop(Hops hops, HttpUrl url, int before, Duration spent) {
        Duration left = hops.call().limit().minus(spent);
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(new TimeoutException());
        }
        return hops.scope()
                .start(() -> one.start(request(hops.call(), url, hops.secret()), left))
                .thenCompose(reply -> {
                    Duration took = spent.plus(reply.took());
                    HttpUrl next = isRepeatable(hops.call()) ? reply.target() : null;
                    if (next == null) {
                        return CompletableFuture.completedFuture(new HttpResult(
                                reply.status(),
                                hops.mask().apply(reply.header("Content-Type", "")),
                                hops.mask().apply(reply.body()),
                                reply.truncated(),
                                took));
                    }
                    if (before == REDIRECTS) {
                        return CompletableFuture.failedFuture(
                                new IOException("redirects more than " + REDIRECTS + " times"));
                    }
                    try {
                        return hop(hops, follow(url, next, hops), before + 1, took);
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                });
    }

    /** A server may say back what it was sent; that stands in no answer and no message. */
    private static Mask mask(Map<String, String> secret) {
        return secret.isEmpty()
                ? Mask.NONE
                : Mask.of(secret.values().stream()
                        .flatMap(header -> Authorization.secrets(header).stream())
                        .toList());
    }

    private static Throwable said(Hops hops, Throwable error) {
        HttpCall call = hops.call();
        if (error instanceof TimeoutException || error instanceof SocketTimeoutException) {
            return new IOException(
                    call + " did not answer within " + call.limit().toMillis() + " ms", error);
        }
        return error instanceof IOException
                ? new IOException(call + ": " + hops.mask().apply(error.getMessage()), error)
                : error;
    }

    private Endpoint known(String id) throws IOException {
        return endpoints.apply(id).orElseThrow(() -> new IOException("no endpoint '" + id + "' is set up"));
    }

    private static boolean isRepeatable(HttpCall call) {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }

    private static Request request(HttpCall call, HttpUrl url, Map<String, String> secret) throws IOException {
        try {
            Request.Builder request = new Request.Builder().url(url);
            for (Map.Entry<String, String> header : call.headers().entrySet()) {
                require(header.getKey(), header.getValue());
                request.header(header.getKey(), header.getValue());
            }
            secret.forEach(request::header);
            String body = call.body() == null && NEED_BODY.contains(call.method()) ? "" : call.body();
            MediaType type = MediaType.parse(call.headers().getOrDefault("Content-Type", "application/json"));
            request.method(
                    call.method(),
                    body == null ? null : RequestBody.create(body.getBytes(StandardCharsets.UTF_8), type));
            return request.build();
        } catch (IllegalArgumentException e) {
            // the message may quote a header
            throw new IOException("a header, the method or the body can't be sent");
        }
    }

    /** An endpoint's own headers are an administrator's; a call's may be anybody's. */
    private static void require(String name, String value) throws IOException {
        if (!HeaderNames.isName(name) || HeaderNames.steers(name)) {
            throw new IOException(
                    "a header steers the connection or where the call goes, or has no name that may be sent");
        }
        if (!HeaderNames.isValue(value)) {
            throw new IOException("the header " + name + " is not one line of visible ASCII");
        }
    }

    private HttpUrl follow(HttpUrl from, HttpUrl to, Hops hops) throws IOException {
        Optional<Endpoint> endpoint = hops.endpoint();
        if (!AllowedAddresses.sameOrigin(from, to)) {
            throw new IOException("redirects to another host, " + AllowedAddresses.origin(to));
        }
        AllowedAddresses.requirePlain(to.encodedPath());
        if (endpoint.isPresent()
                && !AllowedAddresses.covers(HttpUrl.get(endpoint.get().base()), to)) {
            throw new IOException("redirects out of the endpoint");
        }
        if (endpoint.isPresent()) {
            endpoint.get().require(hops.call(), to);
        } else {
            allowed.check(to.toString());
        }
        return to;
    }
}
