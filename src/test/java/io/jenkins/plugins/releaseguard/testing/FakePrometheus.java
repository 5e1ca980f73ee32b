// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Selectors and range selectors over samples that the test stores, and fixed answers to other queries. Times in seconds after an epoch. */
public final class FakePrometheus implements AutoCloseable {
    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SELECTOR = Pattern.compile("(?=.)(\\w+)?(?:\\{(.*)\\})?(?:\\[(\\d+)(ms|s)])?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");

    public final MockWebServer server = new MockWebServer();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final Map<String, String> fixed = new HashMap<>();
    private final Map<Map<String, String>, TreeMap<Long, Double>> series =
            new TreeMap<>((a, b) -> new TreeMap<>(a).toString().compareTo(new TreeMap<>(b).toString()));

    public FakePrometheus() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return respond(request);
            }
        });
        server.setServerSocketFactory(new Prompt());
        server.start();
    }

    public PrometheusSettings settings() {
        return PrometheusSettings.of(server.url("/").uri());
    }

    public static Instant at(double seconds) {
        return EPOCH.plusMillis(Math.round(seconds * 1000));
    }

    /** Stores a scrape's value, as {@code store(5, 12, "x_total", "track", "canary")}. */
    public synchronized void store(double seconds, double value, String name, String... labels) {
        Map<String, String> all = new TreeMap<>();
        all.put("__name__", name);
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        series.computeIfAbsent(all, l -> new TreeMap<>()).put(at(seconds).toEpochMilli(), value);
    }

    /** When the oldest sample was taken, by which every question for it is answered. */
    public Instant oldest = EPOCH;

    private synchronized MockResponse respond(RecordedRequest request) {
        Map<String, String> form = new HashMap<>();
        for (String pair : request.getBody().utf8().split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        String query = form.get("query");
        asked.add(query);
        String body = fixed.get(query);
        if (body == null && query.startsWith("min(min_over_time(timestamp(")) {
            body =
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[%s,\"%d\"]}]}}"
                            .formatted(form.get("time"), oldest.getEpochSecond());
        }
        if (body == null) {
            Matcher selector = SELECTOR.matcher(query);
            if (!selector.matches()) {
                return new MockResponse.Builder()
                        .code(422)
                        .body("{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"unexpected "
                                + query.charAt(0) + "\"}")
                        .build();
            }
            long time = new BigDecimal(form.get("time")).movePointRight(3).longValueExact();
            body = select(selector, time);
        }
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private String select(Matcher selector, long time) {
        boolean ranged = selector.group(3) != null;
        long back = !ranged
                ? 300_000
                : Long.parseLong(selector.group(3)) * (selector.group(4).equals("s") ? 1000 : 1);
        ObjectNode root = JSON.createObjectNode().put("status", "success");
        ArrayNode result = root.putObject("data")
                .put("resultType", ranged ? "matrix" : "vector")
                .putArray("result");
        series.forEach((labels, points) -> {
            var inside = points.subMap(time - back, true, time, true);
            if (!inside.isEmpty() && matches(selector, labels)) {
                ObjectNode one = result.addObject();
                one.set("metric", JSON.valueToTree(labels));
                List<ArrayNode> pairs = new ArrayList<>();
                inside.forEach((t, v) -> pairs.add(JSON.createArrayNode()
                        .add(BigDecimal.valueOf(ranged ? t : time, 3))
                        .add(text(v))));
                if (ranged) {
                    one.putArray("values").addAll(pairs);
                } else {
                    one.set("value", pairs.get(pairs.size() - 1));
                }
            }
        });
        return root.toString();
    }

    private static boolean matches(Matcher selector, Map<String, String> labels) {
        if (selector.group(1) != null && !selector.group(1).equals(labels.get("__name__"))) {
            return false;
        }
        Matcher label = LABEL.matcher(selector.group(2) == null ? "" : selector.group(2));
        while (label.find()) {
            String actual = labels.getOrDefault(label.group(1), "");
            String value = label.group(3).translateEscapes();
            if (label.group(2).equals("=") ? !actual.equals(value) : !actual.matches(value)) {
                return false;
            }
        }
        return true;
    }

    private static String text(double value) {
        return value == Double.POSITIVE_INFINITY
                ? "+Inf"
                : value == Double.NEGATIVE_INFINITY ? "-Inf" : Double.toString(value);
    }

    public static Metric rate(String errors, String total) {
        return metric(Kind.RATE, "", new Query(errors, total, "", "", Double.NaN));
    }

    public static Metric metric(Kind kind, String unit, Query query) {
        return new Metric(
                "MON-001",
                "it",
                kind,
                unit,
                "prometheus",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                null,
                query,
                null,
                null);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Without it each answer waits 40 ms for an acknowledgement. */
    private static final class Prompt extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
        }
    }
}
