// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the proxy counted of one track since it started: requests by status code, and latency in buckets as Prometheus has them. */
public final class RequestCounts {
    /** Upper bounds of the latency buckets in seconds; the last, without bound, is not listed. */
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6,
        0.75, 1, 1.5, 2, 2.5, 5, 10
    };

    private final Map<Integer, LongAdder> byCode = new ConcurrentHashMap<>();
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    RequestCounts() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
        // a counter that first appears above zero would hide its first increments from increase()
        for (int code : new int[] {200, 500, 502}) {
            byCode.put(code, new LongAdder());
        }
    }

    void add(int code, long elapsedNanos) {
        byCode.computeIfAbsent(code, c -> new LongAdder()).increment();
        nanos.add(elapsedNanos);
        double seconds = elapsedNanos / 1e9;
        int i = 0;
        while (i < BOUNDS.length && seconds > BOUNDS[i]) {
            i++;
        }
        buckets[i].increment();
    }

    public static double[] bounds() {
        return BOUNDS.clone();
    }

    public Map<Integer, Long> byCode() {
        Map<Integer, Long> counts = new TreeMap<>();
        byCode.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /** Cumulative counts, one a bound and a last one for all. */
    public long[] cumulative() {
        long[] counts = new long[buckets.length];
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += buckets[i].sum();
            counts[i] = sum;
        }
        return counts;
    }

    public double seconds() {
        return nanos.sum() / 1e9;
    }
}
