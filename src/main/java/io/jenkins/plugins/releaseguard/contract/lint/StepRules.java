// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.StepEntry;
import java.util.List;
import java.util.regex.Pattern;

/** What deployment steps owe: a command, an expected result, a way out. */
final class StepRules {
    private static final Pattern BUILD = Pattern.compile(
            "(?i)(?:^|[;&|]\\s*)(?:\\./)?(?:mvnw?\\s.{0,80}(?:package|install)|gradlew?\\s.{0,80}(?:build|assemble)|npm\\s+(?:ci|install|run\\s+build)|yarn\\s+build"
                    + "|docker\\s+(?:buildx\\s+)?build|make(?:\\s+(?:all|build))?\\s*$|go\\s+build|cargo\\s+build|dotnet\\s+(?:build|publish))");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-STEP-AUTOMATED",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.MANUAL_EVERYTHING,
                    "Every step has a command",
                    LintRule.each(StepEntry.class, StepRules::automated)),
            new LintRule(
                    "RG-STEP-EXPECTED",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Every step says what it must show",
                    LintRule.each(StepEntry.class, StepRules::expected)),
            new LintRule(
                    "RG-STEP-FAILURE",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Every step says what to do when it fails",
                    LintRule.each(StepEntry.class, StepRules::failure)),
            new LintRule(
                    "RG-STEP-REVERSE",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Every step says how it is undone",
                    LintRule.each(StepEntry.class, StepRules::reverse)),
            new LintRule(
                    "RG-STEP-BUILD",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.ENVIRONMENT_SPECIFIC_BUILDS,
                    "A deployment deploys what was built, and builds nothing",
                    LintRule.each(StepEntry.class, StepRules::build)));

    private StepRules() {}

    private static void automated(StepEntry s, ContractFacts facts, LintFindings out) {
        if (s.command().isBlank()) {
            out.add(s, "is done by hand", "add command: a script that does it the same way each time");
        }
    }

    private static void expected(StepEntry s, ContractFacts facts, LintFindings out) {
        if (s.expected().isBlank()) {
            out.add(s, "does not say what it must show", "add expected: what its output says when it went well");
        }
    }

    private static void failure(StepEntry s, ContractFacts facts, LintFindings out) {
        if (s.onFailure().isBlank()) {
            out.add(s, "does not say what to do when it fails", "add onFailure: the id of a Rollback entry");
        }
    }

    private static void reverse(StepEntry s, ContractFacts facts, LintFindings out) {
        if (s.reverse().isEmpty()) {
            out.add(s, "does not say how it is undone", "add reverse: [command, …]");
        }
    }

    private static void build(StepEntry s, ContractFacts facts, LintFindings out) {
        if (s.command().length() < 2000 && BUILD.matcher(s.command()).find()) {
            out.add(
                    s,
                    "builds during the deployment, so this very file was never tried",
                    "build once before, name the file under artifacts, and deploy that");
        }
    }
}
