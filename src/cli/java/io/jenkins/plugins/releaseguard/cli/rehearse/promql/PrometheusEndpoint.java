// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Prometheus' HTTP API for instant queries, answered from a history in the rehearsal's own time. */
public final class PrometheusEndpoint implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 2;

    static {
        // the JDK's server sends head and body apart, and without this each answer waits 40 ms for the other side's
        // delayed ACK
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "rehearsal-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final History history;
    private final InstantSource clock;

    /**
     * @param port 0 for any free one
     * @param silent while true, connections are closed without an answer
     */
    public PrometheusEndpoint(int port, History history, InstantSource clock, BooleanSupplier silent)
            throws IOException {
        this.history = history;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            try (exchange) {
                if (!silent.getAsBoolean()) {
                    answer(exchange);
                }
            }
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        ObjectNode answer = JSON.createObjectNode().put("status", "success");
        try {
            switch (exchange.getRequestURI().getPath()) {
                case "/api/v1/query" -> answer.set("data", query(parameters(exchange)));
                case "/-/healthy", "/-/ready", "/api/v1/status/buildinfo" ->
                    answer.putObject("data").put("version", "2.42.0").put("application", "release-guard rehearsal");
                default -> {
                    status = 404;
                    error(answer, "not_found", "the rehearsal's metrics endpoint answers /api/v1/query only");
                }
            }
        } catch (PromqlException e) {
            status = e.type().equals("bad_data") ? 400 : 422;
            error(answer, e.type(), e.getMessage());
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private ObjectNode query(Map<String, String> parameters) throws PromqlException {
        Instant now = clock.instant();
        long time = parameters.containsKey("time") ? time(parameters.get("time")) : now.toEpochMilli();
        Value value = new Evaluator(history, time).evaluate(Parser.parse(parameters.getOrDefault("query", "")));
        ObjectNode data = JSON.createObjectNode();
        if (value instanceof Value.Scalar scalar) {
            data.put("resultType", "scalar").set("result", point(time, scalar.value()));
        } else if (value instanceof Value.Vector vector) {
            ArrayNode result = data.put("resultType", "vector").putArray("result");
            for (Value.Sample sample : vector.samples()) {
                series(result, sample.labels()).set("value", point(time, sample.value()));
            }
        } else {
            ArrayNode result = data.put("resultType", "matrix").putArray("result");
            for (History.Range range : ((Value.Matrix) value).ranges()) {
                ArrayNode points = series(result, range.labels()).putArray("values");
                for (int i = 0; i < range.times().length; i++) {
                    points.add(point(range.times()[i], range.values()[i]));
                }
            }
        }
        return data;
    }

    private static ObjectNode series(ArrayNode result, Map<String, String> labels) {
        ObjectNode one = result.addObject();
        ObjectNode metric = one.putObject("metric");
        new TreeMap<>(labels).forEach(metric::put);
        return one;
    }

    private static ArrayNode point(long time, double value) {
        String text = Double.isInfinite(value)
                ? (value > 0 ? "+Inf" : "-Inf")
                : Double.isNaN(value)
                        ? "NaN"
                        : new BigDecimal(Double.toString(value))
                                .stripTrailingZeros()
                                .toPlainString();
        return JSON.createArrayNode().add(BigDecimal.valueOf(time, 3)).add(text);
    }

    private static long time(String text) throws PromqlException {
        try {
            return text.matches("[0-9.eE+-]+")
                    ? Math.round(Double.parseDouble(text) * 1000)
                    : Instant.parse(text).toEpochMilli();
        } catch (NumberFormatException | DateTimeException e) {
            throw PromqlException.parse(0, "cannot parse \"" + text + "\" to a valid timestamp");
        }
    }

    private static void error(ObjectNode answer, String type, String message) {
        answer.put("status", "error").put("errorType", type).put("error", message);
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String form = new String(exchange.getRequestBody().readNBytes(64 * 1024), StandardCharsets.UTF_8);
        Map<String, String> parameters = new HashMap<>();
        for (String pair : ((query == null ? "" : query) + '&' + form).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
