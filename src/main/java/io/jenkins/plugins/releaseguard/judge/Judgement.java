// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdict of a comparison of two finished sets of samples.
 *
 * @param score 0 to 100
 * @param groups each group's own score, in the order of its first metric; metrics without a group are the group ""
 * @param classifications Kayenta's word for each finding; empty for our own profile
 */
public record Judgement(
        Verdict verdict,
        double score,
        String reason,
        Map<String, Double> groups,
        List<MetricFinding> findings,
        List<String> classifications) {
    public Judgement {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        findings = List.copyOf(findings);
        classifications = List.copyOf(classifications);
    }
}
