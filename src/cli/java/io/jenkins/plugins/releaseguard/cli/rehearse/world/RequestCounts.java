// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the proxy counted of one track since it started: requests by status code, and latency in buckets as Prometheus has them. */
public final class RequestCounts {
    /**
     * Upper bounds of the latency buckets in seconds; the last, without bound, is not listed. Up to a second none is more than a sixth
     * above the one before: what is to be shown of a level can't be finer than the buckets that it lies in.
     */
    private static final double[] BOUNDS = {
        0.005, 0.0056, 0.0062, 0.0068, 0.0075, 0.0082, 0.0091, 0.01, 0.011, 0.012, 0.013, 0.015, 0.016, 0.018, 0.02,
        0.022, 0.024, 0.025, 0.027, 0.03, 0.033, 0.036, 0.04, 0.043, 0.047, 0.05, 0.056, 0.06, 0.068, 0.075, 0.082,
        0.091, 0.1, 0.11, 0.12, 0.125, 0.13, 0.15, 0.16, 0.18, 0.2, 0.22, 0.24, 0.25, 0.27, 0.3, 0.33, 0.36, 0.4, 0.43,
        0.47, 0.5, 0.56, 0.6, 0.68, 0.75, 0.82, 0.91, 1, 1.5, 2, 2.5, 5, 10
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
