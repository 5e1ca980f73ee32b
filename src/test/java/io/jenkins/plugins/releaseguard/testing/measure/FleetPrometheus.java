// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers selectors and range selectors, of several names and tracks too, as Prometheus does: of a healthy service that is scraped every 15 s, from counters that go on for
 * ever, or of a faulty one's real traffic, scraped twice a second. Each answer takes 50 ms, or 5 s where the address is slow, and no thread meanwhile.
 */
final class FleetPrometheus {
    private static final long SCRAPE_MILLIS = 15_000;
    private static final long FAULTY_SCRAPE_MILLIS = 500;
    private static final long QUICK_MILLIS = 50;
    private static final long SLOW_MILLIS = 5_000;
    private static final int REQUESTS_A_SCRAPE = 1500;
    private static final double MOST_ERRORS = 0.01;

    /** What an instant query goes back by for the last scrape. */
    private static final long STALE_MILLIS = 300_000;

    private static final String[] BOUNDS = {
        "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "+Inf"
    };
    private static final double[] BELOW = {0.02, 0.08, 0.30, 0.62, 0.88, 0.97, 0.99, 0.995, 0.998, 0.999, 0.9999, 1};
    private static final Pattern SELECTOR = Pattern.compile("(\\w*)\\{(.*)}(?:\\[(\\d+)(ms|s)])?");
    private static final Pattern NAMES = Pattern.compile("__name__=~\"([\\w|]+)\"");
    private static final Pattern TRACKS = Pattern.compile("track=~?\"([\\w|]+)\"");

    private final HttpServer server = HttpServer.create(new InetSocketAddress(0), 1000);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);

    private final FleetTraffic faulty;
    private final long scrape;

    /** @param faulty null for a healthy service */
    FleetPrometheus(Predicate<String> slow, FleetTraffic faulty) throws IOException {
        this.faulty = faulty;
        this.scrape = faulty == null ? SCRAPE_MILLIS : FAULTY_SCRAPE_MILLIS;
        server.createContext("/", exchange -> {
            byte[] answer = answer(exchange).getBytes(StandardCharsets.UTF_8);
            boolean takesItsTime =
                    slow.test(exchange.getLocalAddress().getAddress().getHostAddress());
            later.schedule(
                    () -> say(exchange, answer), takesItsTime ? SLOW_MILLIS : QUICK_MILLIS, TimeUnit.MILLISECONDS);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void say(HttpExchange exchange, byte[] answer) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    private String answer(HttpExchange exchange) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String pair : ((query == null ? "" : query) + '&' + body).split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        long time = form.containsKey("time")
                ? new BigDecimal(form.get("time")).movePointRight(3).longValue()
                : System.currentTimeMillis();
        Matcher selector = SELECTOR.matcher(form.getOrDefault("query", ""));
        if (!selector.matches()) {
            return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
        }
        boolean ranged = selector.group(3) != null;
        long back =
                ranged ? Long.parseLong(selector.group(3)) * (selector.group(4).equals("s") ? 1000 : 1) : STALE_MILLIS;
        StringBuilder result = new StringBuilder();
        Matcher tracks = TRACKS.matcher(selector.group(2));
        Matcher names = NAMES.matcher(selector.group(2));
        if (tracks.find()) {
            String host = exchange.getLocalAddress().getAddress().getHostAddress();
            for (String name : (names.find() ? names.group(1) : selector.group(1)).split("\\|")) {
                for (String track : tracks.group(1).split("\\|")) {
                    series(result, host, name, selector.group(2), track, time, back, ranged);
                }
            }
        }
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + (ranged ? "matrix" : "vector")
                + "\",\"result\":[" + result + "]}}";
    }

    private void series(
            StringBuilder result,
            String host,
            String name,
            String matchers,
            String track,
            long time,
            long back,
            boolean ranged) {
        if (name.endsWith("_bucket")) {
            for (int i = 0; i < BOUNDS.length; i++) {
                one(result, host, name, track, ",\"le\":\"" + BOUNDS[i] + '"', BELOW[i], time, back, ranged);
            }
        } else if (name.equals("up")) {
            one(result, host, name, track, "", 0, time, back, ranged);
        } else if (matchers.contains("code=~")) {
            one(result, host, name, track, ",\"code\":\"500\"", 0.004, time, back, ranged);
        } else if (name.contains("refused")) {
            one(result, host, name, track, "", 0.002, time, back, ranged);
        } else {
            one(result, host, name, track, ",\"code\":\"200\"", 0.996, time, back, ranged);
            one(result, host, name, track, ",\"code\":\"500\"", 0.004, time, back, ranged);
        }
    }

    private void one(
            StringBuilder result,
            String host,
            String name,
            String track,
            String label,
            double part,
            long time,
            long back,
            boolean ranged) {
        StringBuilder points = new StringBuilder();
        long last = time / scrape * scrape;
        long first = ranged ? Math.max(last - back / scrape * scrape, time - back) : last;
        for (long at = (first + scrape - 1) / scrape * scrape; at <= last; at += scrape) {
            points.append(points.isEmpty() ? "" : ",").append('[');
            points.append(BigDecimal.valueOf(ranged ? at : time, 3)).append(",\"");
            points.append(name.equals("up") ? 1 : counter(host, at, track, part))
                    .append("\"]");
        }
        if (!points.isEmpty()) {
            result.append(result.isEmpty() ? "" : ",")
                    .append("{\"metric\":{\"__name__\":\"")
                    .append(name);
            result.append("\",\"job\":\"shop\",\"instance\":\"").append(track).append(":8080\",\"track\":\"");
            result.append(track).append('"').append(label).append("},\"").append(ranged ? "values" : "value");
            result.append("\":").append(ranged ? "[" : "").append(points).append(ranged ? "]}" : "}");
        }
    }

    /** Of a healthy service as if it had always run: the canary has a tenth of the traffic. */
    private long counter(String host, long at, String track, double part) {
        boolean canary = track.equals("canary");
        if (faulty != null) {
            String place = host + ' ' + FakeFleet.backend(0);
            long errors = faulty.errors(place, canary, at);
            return part < MOST_ERRORS ? errors : faulty.requests(place, canary, at) - errors;
        }
        long scrapes = at / SCRAPE_MILLIS % 1_000_000;
        return (long) (scrapes * REQUESTS_A_SCRAPE * (canary ? 0.1 : 0.9) * part);
    }
}
