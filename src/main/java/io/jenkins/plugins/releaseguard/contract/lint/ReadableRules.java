// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.contract.lint.ContractFacts.Spec;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a gate could not read is told by lint: each text goes through what the check will read it by. */
final class ReadableRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-CHECK-READABLE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "Windows, zones, digests, boxes and limits by name of a check can be read",
                    ReadableRules::texts),
            new LintRule(
                    "RG-CHECK-PATH",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A path of a check is one inside the workspace, and no limit",
                    ReadableRules::paths),
            new LintRule(
                    "RG-CHECK-ENOUGH",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "An approval names as many people as it asks for",
                    ReadableRules::enough),
            new LintRule(
                    "RG-CHECK-GROUP",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "Where an approval asks for more people than it has names, one of them is a group, and says so",
                    ReadableRules::group));

    /** Files among the texts that also name builds and jobs. */
    private static final Set<String> NO_FILES = Set.of("build", "reference", "jobs", "job");

    private static final Pattern LIMIT = Pattern.compile("[<>=≤≥].*|-?[0-9.]+\\s*(?:%|ms|s|m|h|d)?");
    private static final Pattern ROOT = Pattern.compile("/.*|[A-Za-z]:.*|~.*");

    private ReadableRules() {}

    private static void texts(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().readers().forEach((field, reader) -> {
                    texts(spec, field).stream()
                            .filter(text -> !text.contains("${"))
                            .flatMap(text -> reader.read(text).stream())
                            .forEach(fault -> out.add(
                                    spec.at(), field + " of " + spec.name() + ": " + fault.message(), fault.fix()));
                }));
    }

    /** Items of a list, or of a map each name with its value. */
    private static List<String> texts(Spec spec, String field) {
        boolean map = spec.kind().own().field(field).map(Field::type).orElse(FieldType.TEXT) == FieldType.MAP;
        return map
                ? spec.settings().map(field).entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .toList()
                : spec.settings().texts(field);
    }

    private static void paths(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().own().fields().stream()
                        .filter(field -> field.place() == ValuePlace.FILE && !NO_FILES.contains(field.name()))
                        .forEach(field ->
                                spec.settings().texts(field.name()).forEach(text -> path(spec, field, text, out))));
    }

    private static void path(Spec spec, Field field, String text, LintFindings out) {
        String path = text.strip();
        if (LIMIT.matcher(path).matches()) {
            String limit = spec.kind().own().fields().stream()
                    .filter(f -> f.unit() != null)
                    .map(Field::name)
                    .findFirst()
                    .orElse("");
            out.add(
                    spec.at(),
                    field.name() + " of " + spec.name() + " is '" + path + "', which is a limit and no path",
                    limit.isEmpty()
                            ? "write the path of a file"
                            : "write {" + spec.kind().name() + ": {" + limit + ": \"" + path + "\"}}");
        } else if (path.indexOf('\\') >= 0 && !ROOT.matcher(path).matches()) {
            out.add(
                    spec.at(),
                    field.name() + " of " + spec.name() + " is '" + path
                            + "', which has a backslash: no path here has one",
                    "write " + path.replace('\\', '/'));
        } else if (ROOT.matcher(path).matches() || List.of(path.split("/")).contains("..")) {
            out.add(
                    spec.at(),
                    field.name() + " of " + spec.name() + " is '" + path + "', which leads out of the workspace",
                    "write it relative to the workspace, with / and without ..");
        }
    }

    private static void enough(ContractFacts facts, LintFindings out) {
        facts.checks().filter(c -> c.getValue().kind().equals("approval")).forEach(c -> {
            Settings s = c.getValue().settings();
            List<Signer> of = Signer.all(s.texts("of"));
            double count = s.number("count").orElse(1.0);
            long people = of.stream().map(Signer::name).distinct().count();
            if (!of.isEmpty() && of.stream().allMatch(signer -> signer.kind() == Signer.Kind.USER) && count > people) {
                out.add(
                        c.getValue().at(),
                        "the approval of " + c.getKey().id() + " asks for " + (long) count + " of " + people,
                        "name more people or a group, or ask for " + people);
            }
            s.texts("of").stream()
                    .filter(name -> name.contains(","))
                    .forEach(name -> out.add(
                            c.getValue().at(),
                            "the approval of " + c.getKey().id() + " names '" + name + "', which is nobody's name",
                            "write a list: [" + name.replace(",", ", ") + "]"));
        });
    }

    private static void group(ContractFacts facts, LintFindings out) {
        facts.checks().filter(c -> c.getValue().kind().equals("approval")).forEach(c -> {
            Settings s = c.getValue().settings();
            List<Signer> of = Signer.all(s.texts("of"));
            double count = s.number("count").orElse(1.0);
            of.stream()
                    .filter(signer -> signer.kind() == Signer.Kind.BARE)
                    .filter(signer -> of.stream().noneMatch(other -> other.kind() == Signer.Kind.GROUP))
                    .filter(signer -> count > of.size())
                    .findFirst()
                    .ifPresent(signer -> out.add(
                            c.getValue().at(),
                            "the approval of " + c.getKey().id() + " asks for " + (long) count + " people and has "
                                    + of.size() + (of.size() == 1 ? " name" : " names"),
                            "write group:" + signer.name() + " if that is a group, or name more people"));
        });
    }
}
