// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Range queries of Prometheus' HTTP API. */
final class RangeQueries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 16L << 20;
    private static final int SHOWN = 200;

    private final String url;
    private final OkHttpCalls calls;

    /** @param url up to where {@code /api/v1} begins */
    RangeQueries(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        calls = new OkHttpCalls(
                SharedClient.get(), new AllowedAddresses(List.of(this.url)), id -> Optional.empty(), MOST_BYTES);
    }

    /**
     * One series of an answer.
     *
     * @param le its bucket's bound, empty where it has none
     */
    record Points(String le, Map<Instant, Double> at) {}

    /** @throws IOException it did not answer, or not as a Prometheus does; the message says what to do */
    List<Points> ask(String expression, Instant from, Instant to, Duration step)
            throws IOException, InterruptedException {
        String form = "query=" + encoded(expression) + "&start=" + from.getEpochSecond() + "&end=" + to.getEpochSecond()
                + "&step=" + step.toSeconds();
        HttpResult result = calls.call(new HttpCall(
                "POST",
                "",
                url + "/api/v1/query_range",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form,
                LIMIT));
        String asked = "the query " + Lines.bounded(expression, SHOWN);
        if (result.truncated()) {
            throw new IOException("Prometheus sent more than " + (MOST_BYTES >> 20) + " MiB for " + asked
                    + ": record a sum by rule and query that");
        }
        JsonNode root;
        try {
            root = JSON.readTree(result.body());
        } catch (JsonProcessingException e) {
            root = null;
        }
        if (result.status() == 401 || result.status() == 403) {
            throw new IOException("Prometheus refuses to be asked without credentials (HTTP " + result.status()
                    + "): ask one that doesn't, or give --ledger or --rps and --errors");
        }
        if (root == null || !"success".equals(root.path("status").asText())) {
            String said = root == null ? "" : Lines.bounded(root.path("error").asText(), SHOWN);
            throw new IOException("Prometheus answered HTTP " + result.status() + " to " + asked
                    + (said.isEmpty() ? ": is this the address of a Prometheus, with its path prefix?" : ": " + said));
        }
        List<Points> all = new ArrayList<>();
        for (JsonNode series : root.path("data").path("result")) {
            Map<Instant, Double> at = new TreeMap<>();
            for (JsonNode point : series.path("values")) {
                double value = number(point.path(1).asText());
                if (Double.isFinite(value)) {
                    at.put(Instant.ofEpochMilli(Math.round(point.path(0).asDouble() * 1000)), value);
                }
            }
            all.add(new Points(series.path("metric").path("le").asText(), at));
        }
        return all;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
