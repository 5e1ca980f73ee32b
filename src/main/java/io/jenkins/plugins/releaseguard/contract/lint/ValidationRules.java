// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.util.List;

/** What validations owe: that someone or something looks after the deployment, and knows what good is. */
final class ValidationRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-VALIDATION-PRESENT",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.DEPLOY_AND_PRAY,
                    "The contract has a Validation entry",
                    ValidationRules::present),
            new LintRule(
                    "RG-VALIDATION-VERIFY",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.MANUAL_EVERYTHING,
                    "A validation that is a must-have has a check: nobody is asked to sign after the deployment",
                    LintRule.each(ValidationEntry.class, ValidationRules::verify)),
            new LintRule(
                    "RG-VALIDATION-CRITERIA",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.DEPLOY_AND_PRAY,
                    "Every validation says what is checked and when it is good",
                    LintRule.each(ValidationEntry.class, ValidationRules::criteria)),
            new LintRule(
                    "RG-VALIDATION-ESCALATION",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Every validation says what happens when it fails",
                    LintRule.each(ValidationEntry.class, ValidationRules::escalation)));

    private ValidationRules() {}

    private static void present(ContractFacts facts, LintFindings out) {
        if (facts.entries(ValidationEntry.class).isEmpty()) {
            out.add(
                    facts.contract().release().at(),
                    "nothing is looked at after the deployment",
                    "add a Validation entry with verify: {http: {endpoint: …, path: /health, within: 2s}}");
        }
    }

    private static void verify(ValidationEntry v, ContractFacts facts, LintFindings out) {
        if (!v.verify().isEmpty()) {
            return;
        }
        out.add(
                v.blocker() ? Severity.ERROR : Severity.WARNING,
                v.head().at(),
                v.id() + " has no verify, so nothing looks at it"
                        + (v.blocker() ? ", and the release would end without it although it is a must-have" : ""),
                "add verify: with a check, such as {http: {endpoint: …, path: /health, within: 2s}} or {command: ./smoke}"
                        + (v.blocker()
                                ? "; what people look at is a phase's approve: [group:qa], or blocker: no and a line in the report"
                                : ""));
    }

    private static void criteria(ValidationEntry v, ContractFacts facts, LintFindings out) {
        List<String> missing = Missing.of("check", v.check(), "successCriteria", v.successCriteria());
        if (!missing.isEmpty()) {
            out.add(v, "has no " + Missing.words(missing), "say in words what is looked at and when it is good");
        }
    }

    private static void escalation(ValidationEntry v, ContractFacts facts, LintFindings out) {
        if (v.escalation().isBlank()) {
            out.add(
                    v,
                    "has no escalation",
                    "name the Rollback entry or the person for when it fails: escalation: DEP-010");
        }
    }
}
