// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two targets for a Prometheus, at {@code /canary} and {@code /baseline}, whose metrics do from scrape to scrape whatever metrics may do:
 * counters restart, series come and go, values are NaN and infinite, labels hold anything.
 */
public final class ScriptedTargets implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Map<String, AtomicInteger> scrapes = new ConcurrentHashMap<>();

    public ScriptedTargets() throws IOException {
        server.createContext("/", exchange -> {
            String track = exchange.getRequestURI().getPath().substring(1);
            int n = scrapes.computeIfAbsent(track, t -> new AtomicInteger()).incrementAndGet();
            byte[] body = metrics(n, track.equals("canary") ? 1 : 3).getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                // some scrapes fail: all series end there
                exchange.sendResponseHeaders(n % 23 == 0 ? 500 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How often the target that was scraped less has been. */
    public int scrapes() {
        return scrapes.size() < 2
                ? 0
                : scrapes.values().stream().mapToInt(AtomicInteger::get).min().orElse(0);
    }

    private static String metrics(int n, int factor) {
        // counters restart at every 17th scrape
        int m = factor * (n % 17);
        StringBuilder text = new StringBuilder();
        line(text, "http_requests_total{code=\"200\",handler=\"/pay\"}", 10 * m);
        line(text, "http_requests_total{code=\"404\",handler=\"/x?a=1&b=\\\"2\\\"\"}", 2 * m);
        if (n % 5 != 0) {
            // comes and goes
            line(text, "http_requests_total{code=\"500\",handler=\"/pay\"}", m);
        }
        if (n > 12) {
            // begins late
            line(text, "http_requests_total{code=\"503\",handler=\"/pay\"}", m / 2.0);
            line(text, "refused_total{reason=\"full\"}", factor * n);
        }
        for (String handler : new String[] {"/pay", "/list"}) {
            line(text, "took_seconds_bucket{le=\"0.1\",handler=\"" + handler + "\"}", 3 * m);
            line(text, "took_seconds_bucket{le=\"0.5\",handler=\"" + handler + "\"}", 5 * m);
            line(text, "took_seconds_bucket{le=\"+Inf\",handler=\"" + handler + "\"}", 6 * m);
        }
        if (n % 4 != 1) {
            text.append("queue ")
                    .append(new String[] {"NaN", "3", "-Inf", "0.1", "7e300", "+Inf"}[n % 6])
                    .append('\n');
        }
        line(text, "heap_bytes{pool=\"a\"}", 0.1 * factor * n);
        line(text, "heap_bytes{pool=\"b\"}", 1.0 / n);
        return text.toString();
    }

    private static void line(StringBuilder text, String series, double value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
