// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.async.Scope;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;

/** Calls by Java's own client, which needs one thread for all connections; OkHttp holds one for each call under way. */
final class DirectCalls {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade");
    private static final OkHttpClient SHARED = SharedClient.get();
    private static final AtomicReference<HttpClient> CLIENT = new AtomicReference<>();

    private DirectCalls() {}

    /**
     * Whether a call can go this way as it is: without a proxy, whose password Java's client keeps from a tunnel, without headers that it
     * sets itself, and trusting whom everybody here trusts.
     */
    static boolean fit(OkHttpClient as, Request request) {
        URI uri = request.url().uri();
        return uri.getHost() != null
                && as.interceptors().isEmpty()
                && as.networkInterceptors().isEmpty()
                && as.dns() == SHARED.dns()
                && isDirect(as, uri)
                && (!request.isHttps() || trusts(as))
                && request.headers().names().stream()
                        .noneMatch(name -> OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static boolean isDirect(OkHttpClient as, URI uri) {
        Proxy proxy = as.proxy();
        if (proxy != null) {
            return proxy.type() == Proxy.Type.DIRECT;
        }
        List<Proxy> proxies = as.proxySelector().select(uri);
        return proxies == null || proxies.isEmpty() || proxies.get(0).type() == Proxy.Type.DIRECT;
    }

    private static boolean trusts(OkHttpClient as) {
        return as.sslSocketFactory() == SHARED.sslSocketFactory()
                && as.hostnameVerifier() == SHARED.hostnameVerifier()
                && as.certificatePinner().getPins().isEmpty();
    }

    /** Sends the request, whose host's name has just been looked up, and takes the answer in; cancelled, the connection is closed. */
    static CompletableFuture<Reply> make(Request request, long maxBytes) {
        Scope scope = new Scope();
        return scope.answer(scope.start(() -> send(request, maxBytes)).handle((response, error) -> {
            if (error != null) {
                throw new CompletionException(named(request, Scope.cause(error)));
            }
            return reply(request, response);
        }));
    }

    /** Whether nobody was there at the host's first address. */
    static boolean foundNobody(Throwable error) {
        Throwable cause = Scope.cause(error);
        return cause instanceof ConnectException || cause.getCause() instanceof HttpConnectTimeoutException;
    }

    private static CompletableFuture<HttpResponse<BoundedBody.Body>> send(Request request, long maxBytes)
            throws IOException {
        HttpClient client = client();
        CompletableFuture<HttpResponse<BoundedBody.Body>> call =
                client.sendAsync(of(request), info -> new BoundedBody(maxBytes));
        call.whenComplete((response, error) -> {
            if (error != null && String.valueOf(error).contains("selector manager closed")) {
                // its thread has died, and it would refuse everything from now on
                CLIENT.compareAndSet(client, null);
            }
        });
        return call;
    }

    private static HttpClient client() {
        HttpClient client = CLIENT.get();
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(CONNECT)
                    .executor(NetThreads.ANSWERS)
                    .build();
            if (!CLIENT.compareAndSet(null, client)) {
                return client();
            }
        }
        return client;
    }

    private static HttpRequest of(Request request) throws IOException {
        try {
            HttpRequest.Builder same = HttpRequest.newBuilder(request.url().uri());
            request.headers().forEach(h -> same.header(h.getFirst(), h.getSecond()));
            RequestBody sent = request.body();
            if (sent == null) {
                return same.method(request.method(), HttpRequest.BodyPublishers.noBody())
                        .build();
            }
            MediaType type = sent.contentType();
            if (type != null) {
                same.setHeader("Content-Type", type.toString());
            }
            Buffer body = new Buffer();
            sent.writeTo(body);
            return same.method(request.method(), HttpRequest.BodyPublishers.ofByteArray(body.readByteArray()))
                    .build();
        } catch (IllegalArgumentException e) {
            // the message may quote a header
            throw new IOException("a header, the method or the address can't be sent");
        }
    }

    private static Reply reply(Request request, HttpResponse<BoundedBody.Body> response) {
        Headers.Builder headers = new Headers.Builder();
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            header.getValue().forEach(value -> headers.addUnsafeNonAscii(header.getKey(), value));
        }
        return new Reply(
                request.url(),
                response.statusCode(),
                headers.build(),
                response.body().bytes(),
                response.body().truncated());
    }

    /** As OkHttp names it; Java's client says less. */
    private static Throwable named(Request request, Throwable error) {
        String host = request.url().host() + ':' + request.url().port();
        if (error instanceof HttpConnectTimeoutException) {
            SocketTimeoutException named = new SocketTimeoutException("no connection to " + host + " in time");
            named.initCause(error);
            return named;
        }
        if (error instanceof ConnectException) {
            ConnectException named = new ConnectException("Failed to connect to " + host);
            named.initCause(error);
            return named;
        }
        return error;
    }
}
