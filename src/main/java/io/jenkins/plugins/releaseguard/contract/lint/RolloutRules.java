// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.ChangeImpact;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What the rollout owes: a strategy that fits the risk, and phases long enough for what is watched in them. */
final class RolloutRules {
    private static final double LARGE_FIRST_STEP = 10;

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-ROLLOUT-STRATEGY",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.BIG_BANG,
                    "A release of high risk is judged on a part of its users first",
                    RolloutRules::strategy),
            new LintRule(
                    "RG-ROLLOUT-FIRST-STEP",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.BIG_BANG,
                    "A canary's first share is at most 10 %",
                    RolloutRules::firstStep),
            new LintRule(
                    "RG-ROLLOUT-UNDECIDED",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.DEPLOY_AND_PRAY,
                    "A release that could not be judged does not simply go on",
                    RolloutRules::undecided),
            new LintRule(
                    "RG-ROLLOUT-BAKE",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "A phase lasts at least as long as the thresholds that are watched in it",
                    RolloutRules::bake),
            new LintRule(
                    "RG-ROLLOUT-STICKY",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Where users stay with a version, a phase lasts longer than they do",
                    RolloutRules::sticky),
            new LintRule(
                    "RG-ROLLOUT-BASELINE",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "A small share of users that stay is compared with a baseline of its own size",
                    RolloutRules::baseline),
            new LintRule(
                    "RG-ROLLOUT-IRREVERSIBLE",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.IRREVERSIBLE_MIGRATION,
                    "Where a change can't be undone, a breach freezes and escalates",
                    RolloutRules::irreversible));

    private RolloutRules() {}

    private static void strategy(ContractFacts facts, LintFindings out) {
        RolloutSpec rollout = facts.contract().rollout();
        ChangeImpact change = facts.contract().release().change();
        boolean critical = change.criticality().equals("high");
        boolean irreversible = Boolean.FALSE.equals(change.reversible());
        boolean highRisk = facts.contract().risks().stream()
                .anyMatch(r -> RiskRules.isHigh(r) && !r.status().equals("closed"));
        boolean shared = rollout.phases().stream().anyMatch(p -> p.weight() > 0 && p.weight() < 100);
        if (!shared && (critical || irreversible || highRisk)) {
            out.add(
                    rollout.at(),
                    "no phase has only a part of the users, so nothing is judged before all have it, and the release is "
                            + (critical ? "critical" : irreversible ? "irreversible" : "of high risk"),
                    "begin with a small share: phases: [internal, 1, 5, 25, 50, 100]");
        }
    }

    private static void firstStep(ContractFacts facts, LintFindings out) {
        RolloutSpec rollout = facts.contract().rollout();
        rollout.phases().stream()
                .filter(p -> p.weight() > 0)
                .findFirst()
                .filter(p -> p.weight() > LARGE_FIRST_STEP)
                .ifPresent(p -> out.add(
                        rollout.at(),
                        "the first users to get the new version are " + p.name() + " of them",
                        "begin with fewer, such as phases: [internal, 1, 5, 25, 50, 100]"));
    }

    private static void undecided(ContractFacts facts, LintFindings out) {
        if (facts.contract().rollout().undecided() == Undecided.PROCEED) {
            out.add(
                    facts.contract().rollout().at(),
                    "undecided: proceed lets a release go on that could not be judged",
                    "write undecided: hold, or rollback; proceed is recorded as unproven");
        }
    }

    private static void bake(ContractFacts facts, LintFindings out) {
        Duration shortest = facts.contract().rollout().phases().stream()
                .map(Phase::bake)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        for (RollbackEntry r : facts.entries(RollbackEntry.class)) {
            Duration time = time(r, facts.contract().rollout().interval());
            if (time.compareTo(shortest) > 0) {
                out.add(
                        r,
                        "fires after " + Span.written(time) + ", but a phase lasts only " + Span.written(shortest),
                        "bake longer, or shorten the threshold's time");
            }
        }
    }

    /** How long its slowest condition takes at least: its window, its looks or what it must last. */
    private static Duration time(RollbackEntry r, Duration interval) {
        return r.threshold() == null
                ? Duration.ZERO
                : r.threshold().conditions().stream()
                        .map(t -> t.terms().over() != null
                                ? t.terms().over().window().plus(t.sustained())
                                : t.terms().share() != null
                                        ? interval.multipliedBy(
                                                t.terms().share().looks())
                                        : t.sustained())
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
    }

    private static boolean shares(Phase phase) {
        return phase.weight() > 0 && phase.weight() < 100;
    }

    private static void sticky(ContractFacts facts, LintFindings out) {
        RolloutSpec rollout = facts.contract().rollout();
        rollout.phases().stream()
                .filter(p -> shares(p) && p.bake().compareTo(rollout.sticky()) < 0)
                .findFirst()
                .ifPresent(p -> out.add(
                        rollout.at(),
                        "phase " + p.name() + " bakes for " + Span.written(p.bake())
                                + ", and a user stays with a version for " + Span.written(rollout.sticky())
                                + ": it is judged by hardly more than its first users",
                        "set bake: " + Span.written(rollout.sticky().multipliedBy(3))
                                + " or more, three times as long as users stay, or pin them for a shorter time"));
    }

    /** One instance with a few users who stay is alone on its side: its bad minute, or theirs, is the whole canary's. */
    private static void baseline(ContractFacts facts, LintFindings out) {
        RolloutSpec rollout = facts.contract().rollout();
        if (rollout.baseline() == RolloutSpec.Baseline.FRESH || rollout.sticky().isZero()) {
            return;
        }
        rollout.phases().stream()
                .filter(p -> shares(p) && p.weight() <= LARGE_FIRST_STEP)
                .findFirst()
                .ifPresent(p -> out.add(
                        rollout.at(),
                        "with " + p.name()
                                + " of users who stay, a few canary instances stand beside many: what their users do, or one"
                                + " instance that stumbles, is their whole side's, and the baseline's average knows no such minutes",
                        "deploy the old version once more in the canary's size, and write baseline: fresh"));
    }

    private static void irreversible(ContractFacts facts, LintFindings out) {
        if (Boolean.FALSE.equals(facts.contract().release().change().reversible())) {
            out.add(
                    facts.contract().rollout().at(),
                    "the change can't be undone: a breach freezes the rollout and calls people instead of rolling back",
                    "");
        }
    }
}
