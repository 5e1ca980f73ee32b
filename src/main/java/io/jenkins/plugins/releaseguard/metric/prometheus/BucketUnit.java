// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.Map;

/** Between the unit of a histogram's bounds, which its name tells (seconds by convention), and the metric's. */
final class BucketUnit {
    private static final Map<String, Double> SECONDS = Map.of(
            "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "seconds", 1.0, "min", 60.0, "m", 60.0, "h",
            3600.0);

    private BucketUnit() {}

    /** What a bound is multiplied by to be in the metric's unit. A unit that isn't time is the buckets' own. */
    static double factor(String metricName, String unit) {
        Double own = SECONDS.get(unit);
        return own == null ? 1 : seconds(metricName) / own;
    }

    private static double seconds(String metricName) {
        String name = metricName.replaceFirst("_bucket$", "");
        if (name.endsWith("_milliseconds") || name.endsWith("_ms") || name.endsWith("_millis")) {
            return 1e-3;
        }
        if (name.endsWith("_microseconds") || name.endsWith("_us")) {
            return 1e-6;
        }
        return name.endsWith("_nanoseconds") || name.endsWith("_ns") ? 1e-9 : 1;
    }
}
