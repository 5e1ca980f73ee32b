// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import java.util.List;

/** Where a rule reports; adds the rule's id and severity. */
public final class LintFindings {
    private final LintRule rule;
    private final List<Problem> problems;

    LintFindings(LintRule rule, List<Problem> problems) {
        this.rule = rule;
        this.problems = problems;
    }

    void add(Position at, String message, String fix) {
        add(rule.severity(), at, message, fix);
    }

    void add(Entry entry, String message, String fix) {
        add(entry.head().at(), entry.id() + " " + message, fix);
    }

    /** For rules whose weight depends on the case. */
    void add(Severity severity, Position at, String message, String fix) {
        problems.add(new Problem(severity, rule.id(), at, message, fix));
    }
}
