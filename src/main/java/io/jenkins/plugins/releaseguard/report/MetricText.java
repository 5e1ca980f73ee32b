// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import java.util.Locale;

/** A metric's name and numbers as sentences and tables say them. */
public final class MetricText {
    private MetricText() {}

    /** "p95 142 ms (baseline 138 ms)". */
    public static String numbers(Report.Health metric) {
        return name(metric) + " " + Words.level(metric.canary(), metric.unit())
                + (metric.baseline() == null
                        ? ""
                        : " (" + baselineWord(metric) + " " + Words.level(metric.baseline(), metric.unit()) + ")");
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
