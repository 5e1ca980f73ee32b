// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a Rollback entry's trigger owes: that it can be watched, and that its limit means something for the metric. */
final class TriggerRules {
    private static final Set<String> TIMES = Set.of("ms", "s", "us", "µs", "seconds", "milliseconds");

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
                    "RG-TRIGGER-UNIT",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "A threshold's unit fits its metric",
                    LintRule.each(RollbackEntry.class, TriggerRules::unit)),
            new LintRule(
                    "RG-TRIGGER-DIRECTION",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "A threshold points where the metric gets worse",
                    LintRule.each(RollbackEntry.class, TriggerRules::direction)),
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

    private static void unit(RollbackEntry r, ContractFacts facts, LintFindings out) {
        Metric metric = facts.metric(r.metric()).orElse(null);
        if (metric == null || r.threshold() == null) {
            return;
        }
        String fix = unfit(metric, r.threshold());
        if (fix != null) {
            out.add(
                    r,
                    "has the threshold '" + r.threshold().text() + "', which does not fit the "
                            + metric.kind().name().toLowerCase(Locale.ROOT) + " " + metric.id(),
                    fix);
        }
    }

    /** How to write it instead, null where it fits. */
    private static String unfit(Metric metric, Threshold threshold) {
        if (threshold.bound() instanceof Burn) {
            return metric.objective() == null
                    ? "a burn rate needs objective: {target: 99%, period: 30d} on the metric"
                    : null;
        }
        String unit = threshold.bound() instanceof Fixed fixed
                ? fixed.unit()
                : threshold.bound() instanceof AboveBaseline above && above.amount() != 0 ? above.unit() : null;
        if (unit == null) {
            return null;
        }
        return switch (metric.kind()) {
            case RATE -> unit.equals("%") ? null : "a rate is a percentage: \">2% of requests for 5 minutes\"";
            case LATENCY -> unit.equals("s") ? null : "a latency is a time: \"> 500ms for 5 minutes\"";
            case GAUGE, COUNT -> {
                boolean time = TIMES.contains(metric.unit());
                boolean percent = metric.unit().equals("%");
                boolean fits =
                        unit.isEmpty() || unit.equals("s") && time || unit.equals("%") && percent || unit.equals("B");
                yield fits
                        ? null
                        : "write the number in the metric's own unit"
                                + (metric.unit().isEmpty() ? "" : ", " + metric.unit());
            }
        };
    }

    private static void direction(RollbackEntry r, ContractFacts facts, LintFindings out) {
        Metric metric = facts.metric(r.metric()).orElse(null);
        if (metric == null || r.threshold() == null) {
            return;
        }
        Comparison comparison = r.threshold().comparison();
        boolean above = comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
        boolean below = comparison == Comparison.LESS || comparison == Comparison.LESS_OR_EQUAL;
        if (metric.worse() == Metric.Worse.HIGHER && below || metric.worse() == Metric.Worse.LOWER && above) {
            out.add(
                    r,
                    "fires on '" + r.threshold().text() + "', but " + metric.id() + " is worse when "
                            + metric.worse().name().toLowerCase(Locale.ROOT),
                    "turn the sign around, or correct worse: of the metric");
        }
    }

    private static void sustained(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (r.threshold() != null
                && r.threshold().sustained().isZero()
                && !(r.threshold().bound() instanceof Burn)) {
            out.add(
                    r,
                    "fires on a single look",
                    "add how long it must last: \"" + r.threshold().text() + " for 5 minutes\"");
        }
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
