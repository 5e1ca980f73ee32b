// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * One version of a small service, in a process of its own: {@code FakeService TRACK PORT}. It counts its requests for
 * Prometheus, and {@code /fault?errors=0.3&millis=200} makes it fail and dawdle. Series come with the first request of their kind.
 */
public final class FakeService {
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1};

    private final String track;
    private final Map<Integer, Long> byCode = new TreeMap<>();
    private final long[] buckets = new long[BOUNDS.length + 1];
    private double seconds;
    private double owedErrors;
    private volatile double errors;
    private volatile long millis;

    private FakeService(String track) {
        this.track = track;
    }

    public static void main(String[] args) throws IOException {
        // or each answer waits 40 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
        FakeService service = new FakeService(args[0]);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/pay", service::pay);
        server.createContext("/hang", service::hang);
        server.createContext("/health", e -> answer(e, 200, "ok\n"));
        server.createContext("/metrics", e -> answer(e, 200, service.metrics()));
        server.createContext("/fault", service::fault);
        server.start();
        // a child whose parent is gone must not stay: the parent's end closes this pipe
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private void pay(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        pause(millis);
        int code = code();
        count(code, (System.nanoTime() - start) / 1e9);
        answer(exchange, code, track + '\n');
    }

    private void hang(HttpExchange exchange) throws IOException {
        pause(60_000);
        answer(exchange, 200, track + '\n');
    }

    private void fault(HttpExchange exchange) throws IOException {
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            String value = pair.substring(pair.indexOf('=') + 1);
            if (pair.startsWith("errors=")) {
                errors = Double.parseDouble(value);
            } else {
                millis = Long.parseLong(value);
            }
        }
        answer(exchange, 200, "errors=" + errors + " millis=" + millis + '\n');
    }

    private synchronized int code() {
        owedErrors += errors;
        if (owedErrors >= 1) {
            owedErrors -= 1;
            return 500;
        }
        return 200;
    }

    private synchronized void count(int code, double took) {
        byCode.merge(code, 1L, Long::sum);
        int i = 0;
        while (i < BOUNDS.length && took > BOUNDS[i]) {
            i++;
        }
        buckets[i]++;
        seconds += took;
    }

    private synchronized String metrics() {
        StringBuilder text = new StringBuilder("# TYPE http_requests_total counter\n");
        byCode.forEach((code, n) ->
                text.append("http_requests_total{track=\"" + track + "\",code=\"" + code + "\"} " + n + '\n'));
        text.append("# TYPE http_request_duration_seconds histogram\n");
        long cumulative = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            cumulative += buckets[i];
            String le = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
            text.append("http_request_duration_seconds_bucket{track=\"" + track + "\",le=\"" + le + "\"} " + cumulative
                    + '\n');
        }
        text.append("http_request_duration_seconds_sum{track=\"" + track + "\"} " + seconds + '\n');
        text.append("http_request_duration_seconds_count{track=\"" + track + "\"} " + cumulative + '\n');
        return text.toString();
    }

    /** The service is as slow as it was told to be. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
