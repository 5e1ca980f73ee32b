// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Severity;

/** One rule: an error is a must, a warning a should, a note worth knowing. */
public record LintRule(
        String id, Severity severity, Category category, AntiPattern prevents, String title, Check check) {
    /** Looks at a contract and reports what breaks the rule. */
    @FunctionalInterface
    public interface Check {
        void check(ContractFacts facts, LintFindings out);
    }

    /** Looks at one entry. */
    @FunctionalInterface
    interface EntryCheck<E extends Entry> {
        void check(E entry, ContractFacts facts, LintFindings out);
    }

    static <E extends Entry> Check each(Class<E> type, EntryCheck<E> check) {
        return (facts, out) -> facts.entries(type).forEach(e -> check.check(e, facts, out));
    }
}
