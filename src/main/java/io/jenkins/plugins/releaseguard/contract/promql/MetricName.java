// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a metric's name tells by the naming conventions of Prometheus and OpenMetrics ("Metric and label naming", "Recording rules"):
 * the suffix says counter, bucket or gauge, the word before it the unit, and a colon that a rule has recorded it.
 */
public record MetricName(Nature nature, String unit) {
    /** What kind of series it is; NAME where the name tells nothing. */
    public enum Nature {
        COUNTER,
        BUCKETS,
        GAUGE,
        INFO,
        RULE,
        NAME
    }

    /** What is counted and has no unit. */
    public static final String EVENTS = "events";

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("seconds", "s"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("milliseconds", "ms"),
            Map.entry("millis", "ms"),
            Map.entry("msec", "ms"),
            Map.entry("ms", "ms"),
            Map.entry("microseconds", "us"),
            Map.entry("micros", "us"),
            Map.entry("usec", "us"),
            Map.entry("us", "us"),
            Map.entry("nanoseconds", "ns"),
            Map.entry("nanos", "ns"),
            Map.entry("ns", "ns"),
            Map.entry("minutes", "min"),
            Map.entry("hours", "h"),
            Map.entry("days", "d"),
            Map.entry("bytes", "B"),
            Map.entry("kilobytes", "kB"),
            Map.entry("kibibytes", "KiB"),
            Map.entry("megabytes", "MB"),
            Map.entry("mebibytes", "MiB"),
            Map.entry("bits", "bit"),
            Map.entry("ratio", "1"),
            Map.entry("percent", "%"),
            Map.entry("percentage", "%"),
            Map.entry("celsius", "°C"),
            Map.entry("joules", "J"),
            Map.entry("watts", "W"),
            Map.entry("volts", "V"),
            Map.entry("amperes", "A"),
            Map.entry("meters", "m"),
            Map.entry("grams", "g"));

    /** Units that no counter and no histogram ends in. */
    private static final Set<String> LEVELS = Set.of("ratio", "percent", "percentage", "celsius", "volts", "amperes");

    private static final Map<String, Double> SECONDS = Map.of(
            "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "seconds", 1.0, "min", 60.0, "m", 60.0, "h",
            3600.0, "d", 86400.0);

    public static MetricName of(String name) {
        if (name.indexOf(':') >= 0) {
            return new MetricName(Nature.RULE, "");
        }
        String base = name.toLowerCase(Locale.ROOT);
        String last = base.substring(base.lastIndexOf('_') + 1);
        String before = base.substring(0, Math.max(0, base.length() - last.length() - 1));
        return switch (last) {
            case "total" -> new MetricName(Nature.COUNTER, unit(before).isEmpty() ? EVENTS : unit(before));
            case "count" -> new MetricName(Nature.COUNTER, EVENTS);
            case "sum" -> new MetricName(Nature.COUNTER, unit(before));
            case "bucket" -> new MetricName(Nature.BUCKETS, unit(before));
            case "info" -> new MetricName(Nature.INFO, "");
            case "created" -> new MetricName(Nature.GAUGE, "s");
            case "max", "min", "avg", "mean" -> new MetricName(Nature.GAUGE, unit(before));
            default -> new MetricName(isLevel(base, last) ? Nature.GAUGE : Nature.NAME, unit(base));
        };
    }

    private static boolean isLevel(String base, String last) {
        return base.equals("up") || LEVELS.contains(last) || base.endsWith("_timestamp_seconds");
    }

    private static String unit(String base) {
        return UNITS.getOrDefault(base.substring(base.lastIndexOf('_') + 1), "");
    }

    /** A time unit, as a metric's name or a contract writes it, in seconds; NaN for any other. */
    public static double seconds(String unit) {
        return unit == null ? Double.NaN : SECONDS.getOrDefault(unit, Double.NaN);
    }
}
