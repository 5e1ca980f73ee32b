// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.List;

/**
 * The verdict of a comparison of two finished sets of samples.
 *
 * @param score 0 to 100
 * @param classifications Kayenta's word for each finding; empty for our own profile
 */
public record Judgement(
        Verdict verdict, double score, String reason, List<Finding> findings, List<String> classifications) {
    public Judgement {
        findings = List.copyOf(findings);
        classifications = List.copyOf(classifications);
    }
}
