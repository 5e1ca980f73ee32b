// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The release's score: within a group the weighted share of metrics that pass, groups by the sum of their weights. */
final class Score {
    private Score() {}

    /** 0 to 100; 0 where a critical metric fails. A marginal metric counts half; one without an answer counts nothing. */
    static double of(List<MetricConfig> metrics, List<Finding> findings) {
        Map<String, double[]> groups = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            MetricConfig m = metrics.get(i);
            if (m.muted()) {
                continue;
            }
            Verdict v = findings.get(i).verdict();
            if (v == Verdict.FAIL && m.critical()) {
                return 0;
            }
            double[] g = groups.computeIfAbsent(m.group(), k -> new double[2]);
            g[0] += m.weight() * (v == Verdict.PASS ? 1 : v == Verdict.MARGINAL ? 0.5 : 0);
            g[1] += m.weight();
        }
        double sum = 0;
        double weight = 0;
        for (double[] g : groups.values()) {
            sum += g[0];
            weight += g[1];
        }
        return weight > 0 ? Math.round(10000 * sum / weight) / 100.0 : 0;
    }
}
