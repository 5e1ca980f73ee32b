// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Rollback entry's trigger owes: that it can be watched, and that nothing small sets it off. */
final class TriggerRules {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-TRIGGER-WATCHED",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Every Rollback entry watches one thing: a metric, a check or people's reports",
                    LintRule.each(RollbackEntry.class, TriggerRules::watched)),
            new LintRule(
                    "RG-TRIGGER-THRESHOLD",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "A trigger on a metric has a threshold",
                    LintRule.each(RollbackEntry.class, TriggerRules::threshold)),
            new LintRule(
                    "RG-TRIGGER-SUSTAINED",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "A threshold says how long it must be passed",
                    LintRule.each(RollbackEntry.class, TriggerRules::sustained)),
            new LintRule(
                    "RG-TRIGGER-AUTOMATIC",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.MANUAL_EVERYTHING,
                    "At least one trigger does not wait for a person",
                    TriggerRules::automatic));

    private TriggerRules() {}

    private static void watched(RollbackEntry r, ContractFacts facts, LintFindings out) {
        List<String> things = Stream.of(
                        r.metric().isBlank() ? "" : "metric",
                        r.check() == null ? "" : "check",
                        r.person().isBlank() ? "" : "person")
                .filter(t -> !t.isEmpty())
                .toList();
        if (things.isEmpty()) {
            out.add(
                    r,
                    "has a trigger that nothing watches",
                    "add metric: MON-001, check: {http: …} or person: who decides");
        } else if (things.size() > 1) {
            out.add(r, "watches " + String.join(" and ", things), "make a Rollback entry for each");
        }
    }

    private static void threshold(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (!r.metric().isBlank() && r.threshold() == null) {
            out.add(
                    r,
                    "watches " + r.metric() + " without a threshold",
                    "add threshold: \">2% of requests for 5 minutes\" or the like");
        }
    }

    private static void sustained(RollbackEntry r, ContractFacts facts, LintFindings out) {
        // what is wrong otherwise gets its time when it is right
        if (r.threshold() == null || !ThresholdRules.isSound(r, facts)) {
            return;
        }
        boolean all = r.threshold().terms().joint() != null
                && r.threshold().terms().joint().all();
        List<Threshold> conditions = r.threshold().conditions();
        // of several that must hold together one that lasts is enough
        if (all
                ? conditions.stream().allMatch(TriggerRules::single)
                : conditions.stream().anyMatch(TriggerRules::single)) {
            out.add(
                    r,
                    "fires on a single look",
                    "add how long it must last: \""
                            + conditions.stream()
                                    .map(t -> ThresholdWriter.text(single(t) ? t.lasting(FIVE_MINUTES) : t))
                                    .collect(Collectors.joining(all ? " and " : " or "))
                            + "\"");
        }
    }

    private static boolean single(Threshold t) {
        return t.sustained().isZero()
                && !(t.bound() instanceof Burn)
                && t.terms().over() == null
                && t.terms().share() == null;
    }

    private static void automatic(ContractFacts facts, LintFindings out) {
        List<RollbackEntry> all = facts.entries(RollbackEntry.class);
        if (!all.isEmpty()
                && all.stream()
                        .allMatch(r -> r.metric().isBlank()
                                && r.check() == null
                                && !r.person().isBlank())) {
            out.add(
                    all.get(0),
                    "and every other Rollback entry wait for a person",
                    "add one that watches the error rate");
        }
    }
}
