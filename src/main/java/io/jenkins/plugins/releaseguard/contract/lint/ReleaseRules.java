// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Communication;
import io.jenkins.plugins.releaseguard.contract.FeatureFlag;
import io.jenkins.plugins.releaseguard.contract.Incident;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Stage;
import java.util.List;

/** What the release itself, its flags, its playbook and its messages owe. */
final class ReleaseRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-RELEASE-NAMED",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "The release names service and version",
                    ReleaseRules::named),
            new LintRule(
                    "RG-RELEASE-OWNER",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "The release has an owner",
                    ReleaseRules::owner),
            new LintRule(
                    "RG-RELEASE-ARTIFACT",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.ENVIRONMENT_SPECIFIC_BUILDS,
                    "The release names its artifacts by digest",
                    ReleaseRules::artifacts),
            new LintRule(
                    "RG-RELEASE-SCOPE",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.MISSING_CRITERIA,
                    "The release says what is in it: scope, commit and included ids",
                    ReleaseRules::scope),
            new LintRule(
                    "RG-FLAG-PLAN",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.CONFIGURATION_SPRAWL,
                    "Every feature flag has an owner and an end",
                    ReleaseRules::flags),
            new LintRule(
                    "RG-PLAYBOOK-COMPLETE",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Every page of the playbook has symptom, steps, escalation and owner",
                    ReleaseRules::playbook),
            new LintRule(
                    "RG-COMMUNICATION-ROLLBACK",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Someone is told when the release is taken back",
                    ReleaseRules::communication));

    private ReleaseRules() {}

    private static void named(ContractFacts facts, LintFindings out) {
        Release release = facts.contract().release();
        if (release.service().isBlank() || release.version().isBlank()) {
            out.add(
                    release.at(),
                    "the contract names no service or no version",
                    "add release: {service: …, version: …}; plain text takes it between two lines of --- at its top");
        }
    }

    private static void owner(ContractFacts facts, LintFindings out) {
        Release release = facts.contract().release();
        if (release.owner().isBlank()) {
            out.add(release.at(), "the release has no owner", "add owner: to release, a team or a person");
        }
    }

    private static void artifacts(ContractFacts facts, LintFindings out) {
        Release release = facts.contract().release();
        if (release.artifacts().isEmpty()) {
            out.add(
                    release.at(),
                    "the release names no artifact, so nothing shows that what was tested is what goes out",
                    "add artifacts: [{file: dist/app.tar.gz, sha256: \"${ARTIFACT_SHA256}\"}]");
        }
    }

    private static void scope(ContractFacts facts, LintFindings out) {
        Release release = facts.contract().release();
        List<String> missing =
                Missing.of("scope", release.scope(), "commit", release.commit(), "includes", release.includes());
        if (!missing.isEmpty()) {
            out.add(
                    release.at(),
                    "the release has no " + Missing.words(missing),
                    "add it, so that the report can say what went out");
        }
    }

    private static void flags(ContractFacts facts, LintFindings out) {
        for (FeatureFlag flag : facts.contract().flags()) {
            List<String> missing = Missing.of("owner", flag.owner(), "remove", flag.remove());
            if (!missing.isEmpty()) {
                out.add(
                        flag.at(),
                        "the flag " + flag.id() + " has no " + Missing.words(missing),
                        "say who turns it and when it is taken out again");
            }
        }
    }

    private static void playbook(ContractFacts facts, LintFindings out) {
        for (Incident page : facts.contract().playbook()) {
            List<String> missing = Missing.of(
                    "symptom",
                    page.symptom(),
                    "steps",
                    page.steps(),
                    "escalation",
                    page.escalation(),
                    "owner",
                    page.owner());
            if (!missing.isEmpty()) {
                out.add(
                        page.at(),
                        "the playbook's " + page.id() + " has no " + Missing.words(missing),
                        "fill it in while nothing is on fire");
            }
        }
    }

    private static void communication(ContractFacts facts, LintFindings out) {
        List<Communication> messages = facts.contract().communication();
        if (messages.stream().noneMatch(m -> m.stage() == Stage.ROLLBACK)) {
            out.add(
                    facts.contract().release().at(),
                    "nobody is told when the release is taken back",
                    "add communication: [{stage: Rollback, to: [support], message: …}]");
        }
    }
}
