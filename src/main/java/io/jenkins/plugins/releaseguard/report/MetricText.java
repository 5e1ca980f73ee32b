// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.text.Span;
import java.util.Locale;

/** A metric's name and numbers as sentences and tables say them. */
public final class MetricText {
    private MetricText() {}

    /** "latency p95 142 ms over 5 min (baseline 138 ms)", "cpu 61 % at the median over 5 min (baseline 58 %)". */
    public static String numbers(Report.Health metric) {
        return name(metric) + " " + canary(metric)
                + (metric.statistic() == null || metric.canary() == null ? "" : " at the " + metric.statistic())
                + (metric.seconds() == null ? "" : " over " + Span.text(metric.seconds()))
                + (metric.baseline() == null ? "" : " (" + baselineWord(metric) + " " + baseline(metric) + ")");
    }

    public static String canary(Report.Health metric) {
        return level(metric.canary(), metric.canaryBucket(), metric.unit());
    }

    public static String baseline(Report.Health metric) {
        return level(metric.baseline(), metric.baselineBucket(), metric.unit());
    }

    /** "142 ms"; "about 142 ms, in the bucket 100–250 ms" where no more is known than its bucket. */
    private static String level(Double value, Report.Bucket bucket, String unit) {
        if (bucket == null || value == null) {
            return Words.level(value, unit);
        }
        return bucket.high() == null
                ? "above " + Words.level(bucket.low(), unit) + ", in the last bucket"
                : "about " + Words.level(value, unit) + ", in the bucket " + Words.number(bucket.low()) + "–"
                        + Words.level(bucket.high(), unit);
    }

    /** "latency p95": the name says which quantile it is. */
    public static String name(Report.Health metric) {
        boolean quantile = metric.kind().startsWith("p");
        return quantile && !metric.name().toLowerCase(Locale.ROOT).contains(metric.kind())
                ? metric.name() + " " + metric.kind()
                : metric.name();
    }

    public static String baselineWord(Report.Health metric) {
        return "before".equals(metric.baselineFrom()) ? "before the deployment" : "baseline";
    }
}
