// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who may do what, and that production is guarded. */
final class AccessRules {
    private static final Set<String> EVERYONE = Set.of(
            "*",
            "all",
            "anyone",
            "everyone",
            "everybody",
            "authenticated",
            "anonymous",
            "all developers",
            "developers",
            "engineering");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-ACCESS-DOCUMENTED",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.OVER_PERMISSIONED_ACCESS,
                    "Every environment says who may deploy",
                    LintRule.each(EnvironmentEntry.class, AccessRules::documented)),
            new LintRule(
                    "RG-ACCESS-EVERYONE",
                    ERROR,
                    Category.SECURITY,
                    AntiPattern.OVER_PERMISSIONED_ACCESS,
                    "Not everyone may deploy to or administer production",
                    LintRule.each(EnvironmentEntry.class, AccessRules::everyone)),
            new LintRule(
                    "RG-ACCESS-SEPARATED",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.OVER_PERMISSIONED_ACCESS,
                    "Who deploys to production does not administer it too",
                    LintRule.each(EnvironmentEntry.class, AccessRules::separated)),
            new LintRule(
                    "RG-PRODUCTION-PROTECTED",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.OVER_PERMISSIONED_ACCESS,
                    "Production is marked as protected",
                    LintRule.each(EnvironmentEntry.class, AccessRules::marked)),
            new LintRule(
                    "RG-PRODUCTION-APPROVED",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "A release to a protected environment is approved by someone",
                    AccessRules::approved));

    private AccessRules() {}

    private static void documented(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        if (e.access().getOrDefault("deploy", List.of()).isEmpty()) {
            out.add(e, "does not say who may deploy", "add access: {deploy: [team], read: [team], admin: [team]}");
        }
    }

    private static void everyone(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        if (!EnvironmentRules.production(e) && !e.isProtected()) {
            return;
        }
        e.access()
                .forEach((right, who) -> who.stream()
                        .filter(w -> !right.equals("read")
                                && EVERYONE.contains(w.strip().toLowerCase(Locale.ROOT)))
                        .forEach(
                                w -> out.add(e, "lets '" + w + "' " + right, "name the smallest group that needs it")));
    }

    private static void separated(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        List<String> deploy = e.access().getOrDefault("deploy", List.of());
        List<String> admin = e.access().getOrDefault("admin", List.of());
        if ((EnvironmentRules.production(e) || e.isProtected()) && !deploy.isEmpty() && admin.containsAll(deploy)) {
            out.add(
                    e,
                    "lets the same people deploy and administer: " + String.join(", ", deploy),
                    "give administration to another group than deployment");
        }
    }

    private static void marked(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        if (EnvironmentRules.production(e) && !e.isProtected()) {
            out.add(e, "is production but not protected", "add protected: yes");
        }
    }

    private static void approved(ContractFacts facts, LintFindings out) {
        boolean approval = facts.entries(CriteriaEntry.class).stream()
                .anyMatch(c -> c.blocker()
                        && c.verify().stream().anyMatch(v -> v.kind().equals("approval")));
        if (!approval) {
            facts.entries(EnvironmentEntry.class).stream()
                    .filter(EnvironmentEntry::isProtected)
                    .findFirst()
                    .ifPresent(e -> out.add(
                            e,
                            "is protected, but no criterion asks for an approval",
                            "add a criterion with verify: {approval: {of: [group:release-managers]}}"));
        }
    }
}
