// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import io.jenkins.plugins.releaseguard.secret.SecretDetector;
import java.util.List;

/** No secret's value in the file, and a plan for each that is named. Messages never repeat what looks like a secret. */
final class SecretRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-SECRET-VALUE",
                    ERROR,
                    Category.SECURITY,
                    AntiPattern.SECRETS_IN_CODE,
                    "No secret's value stands in the contract",
                    SecretRules::values),
            new LintRule(
                    "RG-SECRET-PLAN",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.SECRETS_IN_CODE,
                    "Every secret has a store, a rotation, a procedure, an emergency procedure and an owner",
                    SecretRules::plan));

    private SecretRules() {}

    /** What only follows a name that speaks of a secret may be something else, so that it stops no release. */
    private static void values(ContractFacts facts, LintFindings out) {
        Texts.visit(
                facts.contract(),
                (at, text) -> SecretDetector.find(text)
                        .forEach(found -> out.add(
                                found.certain() ? ERROR : WARNING,
                                at,
                                "a secret seems to stand here: " + found.kind(),
                                "take it out, renew it, and name it by its credentials id under secrets")));
    }

    private static void plan(ContractFacts facts, LintFindings out) {
        for (EnvironmentEntry e : facts.entries(EnvironmentEntry.class)) {
            for (SecretRef s : e.secrets()) {
                List<String> missing = Missing.of(
                        "store",
                        s.store(),
                        "rotate",
                        s.rotate(),
                        "rotated",
                        s.rotated(),
                        "procedure",
                        s.procedure(),
                        "emergency",
                        s.emergency(),
                        "owner",
                        s.owner());
                if (!missing.isEmpty()) {
                    out.add(
                            s.at(),
                            "the secret " + s.id() + " of " + e.id() + " has no " + Missing.words(missing),
                            "say where it is kept, how often and how it is renewed, and what to do when it leaks");
                }
            }
            if (e.secrets().isEmpty() && e.head().details().containsKey("secrets")) {
                out.add(
                        e,
                        "describes its secrets in words only",
                        "add secrets: [{id: …, rotate: 90d, procedure: RUN-…}] so that their age can be checked");
            }
        }
    }
}
