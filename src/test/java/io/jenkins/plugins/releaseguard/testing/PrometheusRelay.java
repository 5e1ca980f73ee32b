// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands before a Prometheus, notes what it is asked, and refuses what it is told to refuse. */
public final class PrometheusRelay implements AutoCloseable {
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** @param refuses whether a query is refused, as one that Prometheus can't read */
    public PrometheusRelay(String prometheus, Predicate<String> refuses) throws IOException {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String query = URLDecoder.decode(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            asked.add(query);
            try (exchange) {
                byte[] answer = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}"
                        .getBytes(StandardCharsets.UTF_8);
                int status = 400;
                if (!refuses.test(query)) {
                    HttpResponse<byte[]> said = ProcessFixture.HTTP.send(
                            HttpRequest.newBuilder(URI.create(prometheus + exchange.getRequestURI()))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
                    answer = said.body();
                    status = said.statusCode();
                }
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Whether a query is several questions in one. */
    public static boolean isBatch(String query) {
        return query.contains("=~\"baseline|canary\"")
                || query.contains("__name__=~")
                || query.contains("release_guard_part");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
