// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.contract.lint.ContractFacts.Spec;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.Reference;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What checks and actions owe beyond their fields' types: enough to look at, things that exist, limits in the right
 * unit.
 */
final class CheckRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-CHECK-COMPLETE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A check or action has something to look at or to call",
                    CheckRules::complete),
            new LintRule(
                    "RG-CHECK-EXCLUSIVE",
                    WARNING,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A check or action has one thing to look at or to call, not a second that it would pass over",
                    CheckRules::exclusive),
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
        facts.specs().forEach(spec -> {
            Settings s = spec.settings();
            spec.kind().oneOf().stream()
                    .filter(fields -> fields.stream().noneMatch(s::has))
                    .forEach(fields ->
                            out.add(spec.at(), spec.name() + " has no " + Missing.words(fields), "add one of them"));
            spec.kind().needs().forEach((field, others) -> {
                if (s.has(field) && others.stream().noneMatch(s::has)) {
                    String first = others.get(0);
                    out.add(
                            spec.at(),
                            spec.name() + " has a " + field + " but no " + first,
                            "add " + first + ": " + help(spec, first));
                }
            });
        });
    }

    private static void exclusive(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().exclusive().forEach(fields -> {
                    List<String> given =
                            fields.stream().filter(spec.settings()::has).toList();
                    if (given.size() > 1) {
                        out.add(
                                spec.at(),
                                spec.name() + " has " + String.join(" and ", given) + ", of which only one counts",
                                "keep one of them");
                    }
                }));
    }

    /** What a field is for, without what holds where it is left out. */
    private static String help(Spec spec, String field) {
        return spec.kind().shape().field(field).map(f -> f.help().split(";")[0]).orElse("…");
    }

    private static void references(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().shape().fields().forEach(field -> {
                    if (field.reference() == Reference.ENVIRONMENT) {
                        environments(spec, field, facts, out);
                    } else if (field.reference() != null) {
                        metrics(spec, field, facts, out);
                    }
                    int items = spec.settings().texts(field.name()).size();
                    if (field.items() > 0 && spec.settings().has(field.name()) && items != field.items()) {
                        out.add(
                                spec.at(),
                                field.name() + " of " + spec.name() + " has " + items
                                        + (items == 1 ? " item" : " items") + ", not " + field.items(),
                                "write " + field.name() + ": [" + example(field, facts) + "], " + field.help());
                    }
                }));
    }

    /** So many items as it needs, the contract's own where it has them. */
    private static String example(Field field, ContractFacts facts) {
        List<String> known = field.reference() == Reference.ENVIRONMENT
                ? facts.entries(EnvironmentEntry.class).stream()
                        .map(EnvironmentEntry::name)
                        .limit(field.items())
                        .toList()
                : List.of();
        return String.join(", ", known.size() == field.items() ? known : Collections.nCopies(field.items(), "…"));
    }

    private static void metrics(Spec spec, Field field, ContractFacts facts, LintFindings out) {
        for (String id : spec.settings().texts(field.name())) {
            Optional<Metric> metric = facts.metric(id);
            if (metric.isEmpty()) {
                out.add(
                        spec.at(),
                        spec.name() + " names " + id + ", which is no metric of the contract",
                        "add it under metrics, or name one of those");
            } else if (field.reference() == Reference.OBJECTIVE && metric.get().objective() == null) {
                out.add(
                        spec.at(),
                        spec.name() + " goes by the objective of " + id + ", which has no objective",
                        "add objective: {target: 99%, period: 30d} to the metric");
            }
        }
    }

    private static void environments(Spec spec, Field field, ContractFacts facts, LintFindings out) {
        List<String> known = facts.entries(EnvironmentEntry.class).stream()
                .map(EnvironmentEntry::name)
                .distinct()
                .sorted()
                .toList();
        spec.settings().texts(field.name()).stream()
                .filter(name -> !known.contains(name) && !name.contains("${"))
                .forEach(name -> out.add(
                        spec.at(),
                        spec.name() + " names the environment " + name + ", which the contract does not have",
                        known.isEmpty() ? "add an Environment entry" : "one of " + String.join(", ", known)));
    }

    private static void units(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().shape().fields().stream()
                        .filter(field -> field.unit() != null)
                        .forEach(field -> spec.settings()
                                .threshold(field.name())
                                .filter(limit -> !field.unit().fits(limit))
                                .ifPresent(limit -> out.add(
                                        spec.at(),
                                        field.name() + " of " + spec.entry().id() + " is '" + limit.text()
                                                + "', which does not fit",
                                        "write " + field.unit().example()))));
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
            if (!author.isEmpty()
                    && !s.flag("author")
                    && s.texts("of").stream()
                            .map(Signer::of)
                            .allMatch(signer -> signer.kind() != Signer.Kind.GROUP
                                    && signer.name().equals(author))) {
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
                            of + " is waited for " + Span.written(wait) + ", but a signature holds only "
                                    + Span.written(lasts),
                            "set expires: " + Span.written(wait) + " or more, or a shorter deadline"));
        });
    }
}
