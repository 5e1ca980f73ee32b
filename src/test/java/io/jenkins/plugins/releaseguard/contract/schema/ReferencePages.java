// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.lint.AntiPattern;
import io.jenkins.plugins.releaseguard.contract.lint.Lint;
import io.jenkins.plugins.releaseguard.contract.lint.LintRule;
import io.jenkins.plugins.releaseguard.contract.policy.PolicyRules;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of docs/contract.md and docs/rules.md that are made of the shapes and rules themselves. */
final class ReferencePages {
    private static final Map<String, String> POLICY = Map.of(
            "RG-POLICY-ENTRY", "The contract has an entry of each type that the policy demands",
            "RG-POLICY-CHECK",
                    "A blocking criterion has each check that the policy demands, with limits at least as strict",
            "RG-POLICY-APPROVAL",
                    "A release to a protected environment needs the policy's approvals, from those whom it names,"
                            + " never the author's, and stays shut without them",
            "RG-POLICY-WAIVER", "The contract waives nothing that the policy demands",
            "RG-POLICY-OBJECTIVE", "A rollback may take no longer than the policy allows",
            "RG-POLICY-ROLLOUT", "Phases bake as long, and begin as small, as the policy demands",
            "RG-POLICY-BRANCH", "Only the policy's branches may release to protected environments",
            "RG-POLICY-ORIGIN",
                    "Only a contract that was read in a trusted revision releases to protected environments, where the"
                            + " policy demands that");

    private final StringBuilder out = new StringBuilder("\n");

    static String contract() {
        ReferencePages page = new ReferencePages();
        page.shape("###", "The contract", ContractShapes.CONTRACT);
        Set<Shape> below = new LinkedHashSet<>();
        page.collect(ContractShapes.CONTRACT, below);
        EntryShapes.all().values().forEach(s -> page.collect(s, below));
        below.remove(ContractShapes.CONTRACT);
        below.forEach(s -> page.shape("###", "`" + s.name() + "`", s));
        page.shape("###", "Every entry", EntryShapes.HEAD);
        EntryShapes.all()
                .forEach((type, s) -> page.shape(
                        "###",
                        "Entry of type " + type,
                        new Shape(
                                type,
                                s.help(),
                                s.fields()
                                        .subList(
                                                EntryShapes.HEAD.fields().size(),
                                                s.fields().size()))));
        page.refused();
        page.out.append("### Checks\n\nEvery check may also have `timeout` (60s by default) and `maxAge`.\n\n");
        Catalog.STANDARD.specs().checks().values().forEach(k -> page.kind(k, List.of("timeout", "maxAge")));
        page.out.append(
                "### Actions\n\nEvery action may also have `deadline`, its part of the rollback's objective.\n\n");
        Catalog.STANDARD.specs().actions().values().forEach(k -> page.kind(k, List.of("deadline")));
        return page.out.toString();
    }

    /** Words that nothing carries out, each with what would happen and what to write. */
    private void refused() {
        out.append("### Words that are refused\n\n"
                + "Nothing carries them out yet, so that a contract with one is refused (`RG-DEED`), not taken without effect. The same"
                + " holds for `audience` where a router moves the traffic, for `maxAge` of a check outside Criteria, and for a threshold"
                + " beside a `check` that says more than how long it must fail.\n\n"
                + "| where | word | why | instead |\n|---|---|---|---|\n");
        refused(
                "`rollout`",
                ContractShapes.CONTRACT.field("rollout").orElseThrow().shape());
        EntryShapes.all().forEach((type, shape) -> refused("`" + type + "`", shape));
        out.append('\n');
    }

    private void refused(String where, Shape shape) {
        for (Field field : shape.fields()) {
            for (NotYet one : field.notYet()) {
                out.append("| " + where + " | `" + field.name() + ": " + one.word() + "` | " + cell(one.why()) + " | "
                        + cell(one.fix()) + " |\n");
            }
        }
    }

    private void collect(Shape shape, Set<Shape> all) {
        for (Field field : shape.fields()) {
            if (field.shape() != null && all.add(field.shape())) {
                collect(field.shape(), all);
            }
        }
    }

    private void kind(SpecKind kind, List<String> common) {
        Shape own = new Shape(
                kind.name(),
                kind.shape().help(),
                kind.shape().fields().stream()
                        .filter(f -> !common.contains(f.name()))
                        .toList());
        String main = kind.main().isEmpty() ? "" : " A single value stands for `" + kind.main() + "`.";
        shape("####", "`" + kind.name() + "`", new Shape(own.name(), own.help() + main, own.fields()));
    }

    private void shape(String level, String title, Shape shape) {
        out.append(level)
                .append(' ')
                .append(title)
                .append("\n\n")
                .append(shape.help())
                .append("\n\n");
        out.append("| field | type | `${…}` | if left out | what |\n|---|---|---|---|---|\n");
        for (Field f : shape.fields()) {
            out.append("| ")
                    .append(f.required() ? "**" + f.name() + "**" : f.name())
                    .append(" | ")
                    .append(type(f))
                    .append(" | ")
                    .append(f.place() == null ? "" : f.place().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(f.standard().isEmpty() ? "" : "`" + cell(f.standard()) + "`")
                    .append(" | ")
                    .append(cell(f.help()))
                    .append(" |\n");
        }
        out.append('\n');
    }

    private static String type(Field f) {
        if (f.type() == FieldType.CHOICE) {
            return f.choices().stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
        }
        return f.shape() == null
                ? f.type().text()
                : f.type().text() + ": `" + f.shape().name() + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    static String rules() {
        ReferencePages page = new ReferencePages();
        page.out.append("## What a contract owes, by the anti-pattern that is prevented\n\n");
        for (AntiPattern pattern : AntiPattern.values()) {
            List<LintRule> rules =
                    Lint.rules().stream().filter(r -> r.prevents() == pattern).toList();
            page.out
                    .append("### ")
                    .append(pattern.title())
                    .append("\n\n")
                    .append(sentence(pattern.harm()))
                    .append("\n\n");
            page.out.append("| rule | weight | category | what it holds |\n|---|---|---|---|\n");
            rules.forEach(r -> page.out.append(
                    "| `" + r.id() + "` | " + r.severity().name().toLowerCase(Locale.ROOT) + " | "
                            + r.category().text() + " | " + cell(r.title()) + " |\n"));
            page.out.append('\n');
        }
        page.out.append("## What a contract must hold to be read at all\n\n"
                + "All of them are errors, except for `RG-DEFAULTS`, which is a note, and for an empty key, which"
                + " is a warning. Anti-pattern: a guard that looks as if it were there.\n\n"
                + "| rule | what it holds |\n"
                + "|---|---|\n");
        for (ReadRule rule : ReadRule.values()) {
            page.out.append("| `" + rule.id() + "` | " + cell(rule.title()) + " |\n");
        }
        page.out.append("\n"
                + "## What a policy adds\n\n"
                + "All of them are errors. Anti-pattern: a rule that each team may drop when it is in the way.\n\n"
                + "| rule | what it holds |\n"
                + "|---|---|\n");
        PolicyRules.IDS.forEach(id -> page.out.append("| `" + id + "` | " + POLICY.get(id) + " |\n"));
        page.out.append("\n"
                + "## What is set up\n\n"
                + "All of them are errors, told when a release begins and by its gate. Anti-pattern: a sandbox that moves production's"
                + " traffic.\n\n"
                + "| rule | what it holds |\n"
                + "|---|---|\n");
        for (SetupRule rule : SetupRule.values()) {
            page.out.append("| `" + rule.id() + "` | " + rule.holds() + " |\n");
        }
        return page.out.append('\n').toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
