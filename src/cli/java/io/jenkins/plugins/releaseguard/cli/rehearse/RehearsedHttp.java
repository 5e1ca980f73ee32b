// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends every call to the rehearsed service, whatever address or endpoint it names: a rehearsal calls nobody's production. */
final class RehearsedHttp implements HttpCalls {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Pattern TIMING = Pattern.compile("app;dur=([0-9]{1,7}(?:\\.[0-9]{1,6})?)");

    private final String base;

    RehearsedHttp(String base) {
        this.base = base;
    }

    @Override
    public HttpResult call(HttpCall call) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = call.body() == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(call.body());
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path(call.url())))
                .method(call.method(), body)
                .timeout(call.limit())
                .build();
        long start = System.nanoTime();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new HttpResult(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body(),
                false,
                took(response, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** The service's own word where it gives one: a busy machine must not look like a slow service. */
    private static Duration took(HttpResponse<?> response, Duration measured) {
        return response.headers()
                .firstValue("Server-Timing")
                .map(TIMING::matcher)
                .filter(Matcher::matches)
                .map(timing -> Duration.ofNanos((long) (Double.parseDouble(timing.group(1)) * 1e6)))
                .orElse(measured);
    }

    private static String path(String url) throws IOException {
        try {
            String path = URI.create(url).getRawPath();
            return path == null || path.isEmpty() ? "/" : path.startsWith("/") ? path : "/" + path;
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address: " + e.getMessage(), e);
        }
    }
}
