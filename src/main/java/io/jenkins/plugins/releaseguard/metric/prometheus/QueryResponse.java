// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the JSON of Prometheus' HTTP API (prometheus.io, HTTP API, Instant queries), strictly. */
final class QueryResponse {
    private static final ObjectMapper JSON = new ObjectMapper();

    private QueryResponse() {}

    /** What stands there is no such answer; the message says what is wrong, not who said it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Prometheus' own words on why a query failed, or null if the body holds none. */
    static String error(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root != null && root.path("error").isTextual()
                    ? root.path("errorType").asText("error") + ": "
                            + root.path("error").asText()
                    : null;
        } catch (java.io.IOException e) {
            return null;
        }
    }

    static List<Series> read(byte[] body) throws Unreadable {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // what passes a limit of the parser, as brackets in brackets do, comes without a place
            throw new Unreadable(
                    e.getLocation() == null
                            ? "it is no JSON that can be read: it is nested too deeply, or a name or number in it is too long"
                            : "it is no JSON (line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + ")");
        } catch (java.io.IOException e) {
            throw new Unreadable("it is no JSON");
        }
        if (root == null || !root.path("status").asText().equals("success")) {
            throw new Unreadable("its status is not 'success'");
        }
        if (root.path("warnings").size() > 0) {
            // Thanos and others answer so when a part of the data did not
            throw new Unreadable("it comes with a warning, so may be partial: "
                    + root.path("warnings").path(0).asText("of no known shape"));
        }
        if (root.path("isPartial").asBoolean()) {
            // VictoriaMetrics' word for it
            throw new Unreadable("it is partial: a part of the data did not answer");
        }
        JsonNode result = root.path("data").path("result");
        return switch (root.path("data").path("resultType").asText()) {
            case "vector" -> all(result, "value");
            case "matrix" -> all(result, "values");
            case "scalar" -> List.of(series("", Map.of(), JSON.createArrayNode().add(result)));
            default ->
                throw new Unreadable("its result type is '"
                        + root.path("data").path("resultType").asText() + "'");
        };
    }

    private static List<Series> all(JsonNode result, String points) throws Unreadable {
        if (!result.isArray()) {
            throw new Unreadable("its result is not a list");
        }
        List<Series> series = new ArrayList<>();
        for (JsonNode one : result) {
            if (one.has("histogram")) {
                series.addAll(NativeHistogram.buckets(
                        one.path("metric").path(Series.NAME).asText(),
                        labels(one.path("metric")),
                        one.get("histogram")));
                continue;
            }
            if (!one.has(points)) {
                throw new Unreadable(
                        one.has("histograms")
                                ? "raw scrapes of a native histogram are not read; query"
                                        + " sum(increase(name{…}[$window])), without _bucket and le"
                                : "a series has no " + points);
            }
            JsonNode list = one.get(points);
            series.add(series(
                    one.path("metric").path(Series.NAME).asText(),
                    labels(one.path("metric")),
                    points.equals("value") ? JSON.createArrayNode().add(list) : list));
        }
        return series;
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : metric.properties()) {
            if (!label.getKey().equals(Series.NAME)) {
                labels.put(label.getKey(), label.getValue().asText());
            }
        }
        return labels;
    }

    private static Series series(String name, Map<String, String> labels, JsonNode points) throws Unreadable {
        if (!points.isArray() || points.isEmpty()) {
            throw new Unreadable("a series has no points");
        }
        long[] times = new long[points.size()];
        double[] values = new double[points.size()];
        for (int i = 0; i < times.length; i++) {
            JsonNode point = points.get(i);
            if (!point.isArray()
                    || point.size() != 2
                    || !point.get(0).isNumber()
                    || !point.get(1).isTextual()) {
                throw new Unreadable("a point is not a time and a number");
            }
            times[i] = Math.round(point.get(0).asDouble() * 1000);
            values[i] = number(point.get(1).asText());
        }
        return new Series(name, labels, times, values);
    }

    static double number(String text) throws Unreadable {
        switch (text) {
            case "+Inf", "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new Unreadable("a value is not a number");
                }
        }
    }
}
