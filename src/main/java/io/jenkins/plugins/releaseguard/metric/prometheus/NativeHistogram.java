// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.metric.prometheus.QueryResponse.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A native histogram of an answer (prometheus.io, HTTP API, Native histograms) as the series of cumulative buckets that a classic one
 * has. Both ends of each bucket become bounds, so that what is empty between them is known to be.
 */
final class NativeHistogram {
    private static final int LOW = 1;
    private static final int HIGH = 2;
    private static final int COUNT = 3;
    private static final int PARTS = 4;

    private NativeHistogram() {}

    /** @param point its time, and an object with {@code count} and {@code buckets}: rule, low, high and count each, ascending */
    static List<Series> buckets(String name, Map<String, String> labels, JsonNode point) throws Unreadable {
        if (!point.isArray()
                || point.size() != 2
                || !point.get(0).isNumber()
                || !point.get(1).path("count").isTextual()) {
            throw new Unreadable("a native histogram is not a time and an object with a count");
        }
        long time = Math.round(point.get(0).asDouble() * 1000);
        Map<Double, Double> upTo = new TreeMap<>();
        double sum = 0;
        for (JsonNode bucket : point.get(1).path("buckets")) {
            if (bucket.size() != PARTS) {
                throw new Unreadable("a bucket of a native histogram is not a rule, two bounds and a count");
            }
            upTo.putIfAbsent(QueryResponse.number(bucket.get(LOW).asText()), sum);
            sum += QueryResponse.number(bucket.get(COUNT).asText());
            upTo.put(QueryResponse.number(bucket.get(HIGH).asText()), sum);
        }
        upTo.remove(Double.NEGATIVE_INFINITY);
        upTo.put(
                Double.POSITIVE_INFINITY,
                Math.max(sum, QueryResponse.number(point.get(1).path("count").asText())));
        List<Series> series = new ArrayList<>();
        for (Map.Entry<Double, Double> bound : upTo.entrySet()) {
            Map<String, String> own = new TreeMap<>(labels);
            own.put("le", bound.getKey().isInfinite() ? "+Inf" : bound.getKey().toString());
            series.add(new Series(name, own, new long[] {time}, new double[] {bound.getValue()}));
        }
        return series;
    }
}
