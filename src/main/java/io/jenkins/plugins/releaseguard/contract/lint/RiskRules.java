// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Risk;
import java.util.List;

/** What risks owe: the high ones mitigated, or accepted by name. */
final class RiskRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-RISK-HIGH",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.UNOWNED_RISK,
                    "High risks are mitigated, or accepted by someone by name",
                    RiskRules::high),
            new LintRule(
                    "RG-RISK-OWNER",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.UNOWNED_RISK,
                    "Every open risk has an owner, a likelihood and an impact",
                    RiskRules::owner));

    private RiskRules() {}

    /** High: a high impact that is not unlikely, or a likely one that is not small. */
    static boolean isHigh(Risk r) {
        boolean impact = r.impact().equals("high") && !r.likelihood().equals("low");
        return impact || r.likelihood().equals("high") && r.impact().equals("medium");
    }

    private static void high(ContractFacts facts, LintFindings out) {
        for (Risk r : facts.contract().risks()) {
            if (!isHigh(r) || r.status().equals("closed")) {
                continue;
            }
            if (r.status().equals("mitigated") && r.mitigation().isBlank()) {
                out.add(r.at(), r.id() + " is called mitigated, but not how", "add mitigation: what was done");
            } else if (r.status().equals("accepted") && r.acceptedBy().isBlank()) {
                out.add(r.at(), r.id() + " is accepted, but by nobody", "add acceptedBy: the person who bears it");
            } else if (r.status().equals("open")) {
                out.add(
                        r.at(),
                        r.id() + " is high and open",
                        "mitigate it (status: mitigated, mitigation: …), or accept it by name (status: accepted,"
                                + " acceptedBy: …)");
            }
        }
    }

    private static void owner(ContractFacts facts, LintFindings out) {
        for (Risk r : facts.contract().risks()) {
            List<String> missing = Missing.of("owner", r.owner(), "likelihood", r.likelihood(), "impact", r.impact());
            if (!r.status().equals("closed") && !missing.isEmpty()) {
                out.add(r.at(), r.id() + " has no " + Missing.words(missing), "add it, or nobody will watch the risk");
            }
        }
    }
}
