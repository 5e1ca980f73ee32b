// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Requests of one look by cumulative buckets, upper bounds in the metric's unit. */
final class Histogram {
    private static final Map<String, Double> QUANTILES = quantiles();

    /** 0.5 s times 1000 need not be 500 to the last bit. */
    private static final double SLACK = 1e-9;

    private final NavigableMap<Double, Double> buckets = new TreeMap<>();

    void add(double bound, double count) {
        buckets.merge(bound, count, Double::sum);
    }

    /** Why these can't be the buckets of a histogram, or null. */
    String fault() {
        if (!buckets.containsKey(Double.POSITIVE_INFINITY)) {
            return "it has no bucket le=\"+Inf\"";
        }
        double below = 0;
        double slack = 1e-6 * total();
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            if (!(bucket.getValue() >= below - slack)) {
                return "its bucket le=" + bucket.getKey() + " holds " + bucket.getValue() + " and a smaller one "
                        + below + ", though buckets are cumulative";
            }
            below = bucket.getValue();
        }
        return null;
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    double total() {
        return buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    }

    /** Upper bounds of all buckets but the last, which has none. */
    List<Double> bounds() {
        return List.copyOf(buckets.headMap(Double.POSITIVE_INFINITY, false).keySet());
    }

    /** Each bucket's own requests, the last one's too. */
    List<Double> counts() {
        List<Double> counts = new ArrayList<>();
        double below = 0;
        for (double cumulative : buckets.values()) {
            counts.add(Math.max(0, cumulative - below));
            below = Math.max(below, cumulative);
        }
        return counts;
    }

    /** The bounds of either at which the counts of both are known: all, where both have the same. */
    static List<Double> common(Histogram a, Histogram b) {
        TreeSet<Double> all = new TreeSet<>(a.bounds());
        all.addAll(b.bounds());
        return all.stream()
                .filter(bound -> !Double.isNaN(a.upTo(bound)) && !Double.isNaN(b.upTo(bound)))
                .toList();
    }

    /** Each bucket's own requests where the buckets end at these {@link #common} bounds, the last one's too. */
    List<Double> counts(List<Double> bounds) {
        return coarser(bounds).counts();
    }

    private Histogram coarser(List<Double> bounds) {
        Histogram coarser = new Histogram();
        bounds.forEach(bound -> coarser.add(bound, upTo(bound)));
        coarser.add(Double.POSITIVE_INFINITY, total());
        return coarser;
    }

    /** Requests of at most so much; NaN inside a bucket that has some. Native histograms leave empty buckets out. */
    private double upTo(double bound) {
        Double own = buckets.get(bound);
        if (own != null) {
            return own;
        }
        Map.Entry<Double, Double> low = buckets.lowerEntry(bound);
        Map.Entry<Double, Double> high = buckets.higherEntry(bound);
        double below = low == null ? 0 : low.getValue();
        return high == null || high.getValue() > below ? Double.NaN : below;
    }

    /** The largest bound that isn't infinite; NaN if there is none. */
    double highestBound() {
        Double bound = buckets.lowerKey(Double.POSITIVE_INFINITY);
        return bound == null ? Double.NaN : bound;
    }

    /** Requests that are surely above a limit: those above the nearest bound that isn't below it. */
    double above(double limit) {
        Map.Entry<Double, Double> bound = buckets.ceilingEntry(limit * (1 - SLACK));
        return bound == null ? 0 : Math.max(0, total() - bound.getValue());
    }

    /** The same where the buckets end at these {@link #common} bounds. */
    double above(double limit, List<Double> bounds) {
        return coarser(bounds).above(limit);
    }

    /** p50, p95 and p99; empty without requests. A quantile beyond the highest bound is that bound. */
    Map<String, Double> levels() {
        Map<String, Double> levels = new LinkedHashMap<>();
        if (total() > 0) {
            QUANTILES.forEach((name, q) -> levels.put(name, quantile(q)));
        }
        return levels;
    }

    private double quantile(double q) {
        double rank = q * total();
        double bound = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            if (bucket.getValue() >= rank && bucket.getValue() > below) {
                return bucket.getKey().isInfinite()
                        ? bound
                        : bound + (bucket.getKey() - bound) * (rank - below) / (bucket.getValue() - below);
            }
            bound = bucket.getKey();
            below = bucket.getValue();
        }
        return bound;
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("p50", 0.5);
        named.put("p95", 0.95);
        named.put("p99", 0.99);
        return named;
    }
}
