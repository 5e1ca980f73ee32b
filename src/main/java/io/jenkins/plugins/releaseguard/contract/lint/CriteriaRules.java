// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What criteria owe: something to check, by machine, that traces to what was wanted. */
final class CriteriaRules {
    private static final List<String> TRACED = List.of("EPIC-", "TEST-", "API-", "KPI-", "MON-", "FEA-", "UJ-");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-CRITERIA-PRESENT",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.MISSING_CRITERIA,
                    "The contract has a blocking criterion",
                    CriteriaRules::present),
            new LintRule(
                    "RG-CRITERIA-VERIFY",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.MANUAL_EVERYTHING,
                    "Every criterion can be verified by a check; without one it is unknown, which never lets a release"
                            + " go",
                    LintRule.each(CriteriaEntry.class, CriteriaRules::verify)),
            new LintRule(
                    "RG-CRITERIA-REQUIREMENT",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.MISSING_CRITERIA,
                    "Every criterion says in words what must be true",
                    LintRule.each(CriteriaEntry.class, CriteriaRules::requirement)),
            new LintRule(
                    "RG-CRITERIA-TRACE",
                    WARNING,
                    Category.FUNCTIONAL,
                    AntiPattern.MISSING_CRITERIA,
                    "Criteria trace to EPIC-, TEST- or API- ids",
                    LintRule.each(CriteriaEntry.class, CriteriaRules::trace)),
            new LintRule(
                    "RG-CRITERIA-CATEGORY",
                    NOTE,
                    Category.FUNCTIONAL,
                    AntiPattern.MISSING_CRITERIA,
                    "There are criteria for function, performance and security, and should be for operation and"
                            + " documentation",
                    CriteriaRules::categories),
            new LintRule(
                    "RG-CRITERIA-PRIORITY",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.MISSING_CRITERIA,
                    "Criteria for function, performance and security block",
                    LintRule.each(CriteriaEntry.class, CriteriaRules::priority)));

    private CriteriaRules() {}

    private static void present(ContractFacts facts, LintFindings out) {
        if (facts.entries(CriteriaEntry.class).stream().noneMatch(CriteriaEntry::blocker)) {
            out.add(
                    facts.contract().release().at(),
                    "no criterion could stop the release",
                    "add a Criteria entry with verify: {tests: {passRate: \">95%\"}}");
        }
    }

    private static void verify(CriteriaEntry c, ContractFacts facts, LintFindings out) {
        if (c.verify().isEmpty()) {
            out.add(
                    c.blocker() ? ERROR : WARNING,
                    c.head().at(),
                    c.id() + " has no verify, so its answer is always unknown",
                    "add verify: with a check, such as {tests: {passRate: \">95%\"}}, {command: ./check} or {approval:"
                            + " {of: [group:qa]}}");
        }
    }

    private static void requirement(CriteriaEntry c, ContractFacts facts, LintFindings out) {
        if (c.requirement().isBlank()) {
            out.add(c, "has no requirement", "add requirement: what must be true, in words");
        }
    }

    private static void trace(CriteriaEntry c, ContractFacts facts, LintFindings out) {
        if (c.head().linkedIds().stream().noneMatch(id -> TRACED.stream().anyMatch(id::startsWith))) {
            out.add(c, "traces to no EPIC-, TEST- or API- id", "add linkedIds: [TEST-001..TEST-050], what it rests on");
        }
    }

    private static void categories(ContractFacts facts, LintFindings out) {
        List<CriteriaEntry> all = facts.entries(CriteriaEntry.class);
        Set<String> present = all.stream().map(CriteriaEntry::category).collect(Collectors.toSet());
        List<String> missing = Arrays.stream(Category.values())
                .filter(c -> !present.contains(c.text()))
                .map(c -> c.text() + (c.must() ? " (must)" : " (should)"))
                .toList();
        if (!all.isEmpty() && !missing.isEmpty()) {
            out.add(
                    facts.contract().release().at(),
                    "no criterion has category " + Missing.words(missing),
                    "add one, or set category: " + missing.get(0).split(" ")[0] + " on those that are about it");
        }
    }

    private static void priority(CriteriaEntry c, ContractFacts facts, LintFindings out) {
        boolean must = Arrays.stream(Category.values())
                .anyMatch(x -> x.must() && x.text().equals(c.category()));
        if (must && !c.blocker()) {
            out.add(
                    c,
                    "is about " + c.category() + " but does not block",
                    "take out blocker: no, or waive it by name for this release");
        }
    }
}
