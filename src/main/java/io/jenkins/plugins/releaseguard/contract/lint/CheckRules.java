// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.grammar.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What checks and actions owe beyond their fields' types: enough to look at, things that exist, limits in the right
 * unit.
 */
final class CheckRules {
    /** Of each kind, fields of which at least one must be there. */
    private static final Map<String, List<String>> ONE_OF = Map.ofEntries(
            Map.entry("http", List.of("url", "endpoint")),
            Map.entry("backup", List.of("file", "url", "endpoint", "run")),
            Map.entry("capacity", List.of("metric", "query", "run")),
            Map.entry("metric", List.of("metric", "query")),
            Map.entry("epics", List.of("url", "endpoint", "run")),
            Map.entry("flags", List.of("provider", "file", "url")),
            Map.entry("dependencies", List.of("urls", "endpoints", "services", "run")),
            Map.entry("coverage", List.of("line", "branch", "instruction", "method", "drop")));

    /** Limits that only make sense in one unit, by kind and field. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("tests.passRate", "%"),
            Map.entry("tests.failures", ""),
            Map.entry("sarif.errors", ""),
            Map.entry("sarif.warnings", ""),
            Map.entry("sarif.notes", ""),
            Map.entry("coverage.line", "%"),
            Map.entry("coverage.branch", "%"),
            Map.entry("coverage.instruction", "%"),
            Map.entry("coverage.method", "%"),
            Map.entry("coverage.drop", "%"),
            Map.entry("budget.left", "%"),
            Map.entry("backup.age", "s"),
            Map.entry("backup.size", "B"),
            Map.entry("drill.age", "s"),
            Map.entry("documents.age", "s"),
            Map.entry("progression.age", "s"));

    private static final Map<String, String> UNIT_WORDS = Map.of(
            "%",
            "a percentage, \">95%\"",
            "",
            "a plain number, \"<= 0\"",
            "s",
            "a time, \"<= 24h\"",
            "B",
            "a size, \"> 1 GiB\"");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-CHECK-COMPLETE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A check or action has something to look at or to call",
                    CheckRules::complete),
            new LintRule(
                    "RG-CHECK-REFERENCE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "Metrics and environments that a check names exist",
                    CheckRules::references),
            new LintRule(
                    "RG-CHECK-UNIT",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A check's limit is in a unit that fits",
                    CheckRules::units),
            new LintRule(
                    "RG-CHECK-APPROVERS",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "An approval asks for at least one person, and the author is not the only one who may sign",
                    CheckRules::approvers),
            new LintRule(
                    "RG-CHECK-DEADLINE",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.DEPLOY_AND_PRAY,
                    "A release does not simply go on without its signatures, and they last as long as the gate waits",
                    CheckRules::deadlines));

    private CheckRules() {}

    private static void complete(ContractFacts facts, LintFindings out) {
        facts.checks()
                .forEach(
                        c -> oneOf(c.getKey(), c.getValue().kind(), c.getValue().settings(), c.getValue(), out));
        for (Entry entry : facts.contract().entries()) {
            for (ActionSpec action : ContractFacts.actions(entry)) {
                if (action.kind().equals("http")
                        && !action.settings().has("url")
                        && !action.settings().has("endpoint")) {
                    out.add(
                            action.at(),
                            "the action http of " + entry.id() + " has no url or endpoint",
                            "add one of them");
                }
            }
        }
    }

    private static void oneOf(Entry entry, String kind, Settings settings, CheckSpec check, LintFindings out) {
        List<String> fields = ONE_OF.getOrDefault(kind, List.of());
        if (!fields.isEmpty() && fields.stream().noneMatch(settings::has)) {
            out.add(
                    check.at(),
                    "the check " + kind + " of " + entry.id() + " has no " + Missing.words(fields),
                    "add one of them");
        }
        if (settings.has("query") && !settings.has("source") && !settings.has("metric")) {
            out.add(
                    check.at(),
                    "the check " + kind + " of " + entry.id() + " has a query but no source",
                    "add source: the id of a metric source");
        }
    }

    private static void references(ContractFacts facts, LintFindings out) {
        Set<String> environments = facts.entries(EnvironmentEntry.class).stream()
                .map(EnvironmentEntry::name)
                .collect(Collectors.toSet());
        facts.checks().forEach(c -> {
            CheckSpec check = c.getValue();
            Settings s = check.settings();
            Optional<Metric> metric = facts.metric(s.text("metric"));
            if (s.has("metric") && metric.isEmpty()) {
                out.add(
                        check.at(),
                        "the check " + check.kind() + " of " + c.getKey().id() + " names " + s.text("metric")
                                + ", which is no metric of the contract",
                        "add it under metrics, or name one of those");
            }
            if (check.kind().equals("budget")
                    && metric.isPresent()
                    && metric.get().objective() == null) {
                out.add(
                        check.at(),
                        "the error budget of " + s.text("metric") + " is asked for, but it has no objective",
                        "add objective: {target: 99%, period: 30d} to the metric");
            }
            Stream.of("environment", "from", "between")
                    .flatMap(key -> s.texts(key).stream())
                    .filter(name -> !environments.contains(name) && !name.contains("${"))
                    .forEach(name -> out.add(
                            check.at(),
                            "the check " + check.kind() + " of " + c.getKey().id() + " names the environment " + name
                                    + ", which the contract does not have",
                            environments.isEmpty()
                                    ? "add an Environment entry"
                                    : "one of "
                                            + String.join(
                                                    ", ",
                                                    environments.stream()
                                                            .sorted()
                                                            .toList())));
            if (check.kind().equals("parity") && s.texts("between").size() != 2) {
                out.add(
                        check.at(),
                        "parity of " + c.getKey().id() + " is between "
                                + s.texts("between").size() + " environments",
                        "name two: between: [staging, production]");
            }
        });
    }

    private static void units(ContractFacts facts, LintFindings out) {
        facts.checks()
                .forEach(c -> c.getValue().settings().values().forEach((field, value) -> {
                    String unit = UNITS.get(c.getValue().kind() + "." + field);
                    if (unit == null || !(value instanceof Threshold threshold)) {
                        return;
                    }
                    boolean zero = threshold.bound() instanceof Threshold.Fixed fixed && fixed.value() == 0;
                    boolean fits = threshold.bound() instanceof Threshold.Fixed fixed
                            && (fixed.unit().equals(unit) || zero);
                    if (!fits || !threshold.sustained().isZero()) {
                        out.add(
                                c.getValue().at(),
                                field + " of " + c.getKey().id() + " is '" + threshold.text() + "', which does not fit",
                                "write " + UNIT_WORDS.get(unit));
                    }
                }));
    }

    private static void approvers(ContractFacts facts, LintFindings out) {
        String author = facts.contract().release().author();
        facts.checks().filter(c -> c.getValue().kind().equals("approval")).forEach(c -> {
            Settings s = c.getValue().settings();
            if (s.number("count").orElse(1.0) < 1) {
                out.add(
                        c.getValue().at(),
                        "the approval of " + c.getKey().id() + " asks for nobody",
                        "set count: 1 or more");
            }
            if (!author.isEmpty() && !s.flag("author") && s.texts("of").equals(List.of(author))) {
                out.add(
                        c.getValue().at(),
                        "only " + author + ", the author, could give the approval of "
                                + c.getKey().id(),
                        "name a second person or a group");
            }
        });
    }

    private static void deadlines(ContractFacts facts, LintFindings out) {
        facts.checks().filter(c -> c.getValue().kind().equals("approval")).forEach(c -> {
            Settings s = c.getValue().settings();
            String of = "the approval of " + c.getKey().id();
            boolean blocks = c.getKey() instanceof CriteriaEntry criterion && criterion.blocker();
            if (blocks && s.text("otherwise").equals("conditional")) {
                out.add(
                        c.getValue().at(),
                        of + " blocks, but lets the release go on where nobody has signed by the deadline",
                        "take otherwise: conditional out, or set blocker: no if it is a should-have");
            }
            Duration lasts = s.duration("expires").orElse(Duration.ofDays(1));
            s.duration("deadline")
                    .filter(wait -> wait.compareTo(lasts) > 0)
                    .ifPresent(wait -> out.add(
                            c.getValue().at(),
                            of + " is waited for " + Durations.format(wait) + ", but a signature holds only "
                                    + Durations.format(lasts),
                            "set expires: " + Durations.format(wait) + " or more, or a shorter deadline"));
        });
    }
}
