// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The release's score, the weighted share of metrics that pass, and each group's own, which says where points were lost. */
public final class Score {
    private Score() {}

    /** 0 to 100; 0 where a critical metric fails. A marginal metric counts half; one without an answer counts nothing. */
    public static double of(List<MetricConfig> metrics, List<MetricFinding> findings) {
        for (int i = 0; i < metrics.size(); i++) {
            MetricConfig m = metrics.get(i);
            if (!m.muted() && m.critical() && findings.get(i).verdict() == Verdict.FAIL) {
                return 0;
            }
        }
        return share(metrics, findings, m -> true);
    }

    /** Each group's score, in the order of its first metric that isn't muted; critical or not makes no difference here. */
    public static Map<String, Double> groups(List<MetricConfig> metrics, List<MetricFinding> findings) {
        Map<String, Double> groups = new LinkedHashMap<>();
        for (MetricConfig metric : metrics) {
            if (!metric.muted()) {
                groups.computeIfAbsent(
                        metric.group(),
                        g -> share(metrics, findings, m -> m.group().equals(g)));
            }
        }
        return groups;
    }

    private static double share(
            List<MetricConfig> metrics, List<MetricFinding> findings, Predicate<MetricConfig> counts) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < metrics.size(); i++) {
            MetricConfig m = metrics.get(i);
            if (m.muted() || !counts.test(m)) {
                continue;
            }
            Verdict v = findings.get(i).verdict();
            sum += m.weight() * (v == Verdict.PASS ? 1 : v == Verdict.MARGINAL ? 0.5 : 0);
            weight += m.weight();
        }
        return weight > 0 ? Math.round(10000 * sum / weight) / 100.0 : 0;
    }
}
