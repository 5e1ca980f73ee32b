// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.List;

/**
 * What one look concludes.
 *
 * @param e the merged evidence of harm; {@link Action#STOP} when it reaches 1/alpha
 * @param score 0 to 100, the weighted share of metrics that pass
 * @param needed what a promotion still takes, null when nothing or not computable
 */
public record LookVerdict(
        Action action, String reason, List<MetricFinding> findings, double e, double score, Needed needed) {
    public LookVerdict {
        findings = List.copyOf(findings);
    }
}
