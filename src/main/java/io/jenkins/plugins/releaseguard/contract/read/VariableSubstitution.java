// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.fill.PlaceRule;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} into one scalar, as its place allows. What it fills in is never looked at again, so a value can't
 * bring in another.
 */
final class VariableSubstitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{(?:([A-Za-z_][A-Za-z0-9_.-]*)\\})?");

    private static final int MOST = YamlText.MOST_CHARACTERS;

    private final Variables variables;
    private final Problems problems;
    private long characters;

    VariableSubstitution(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * The filled text, or null after an error.
     *
     * @param place null for one that takes no value
     */
    String fill(String text, ValuePlace place, Position at) {
        // whose release began with a value for who must sign must be taken up again with it
        boolean filledBefore = place == ValuePlace.WRITTEN && problems.areOfOneTakenBefore();
        PlaceRule rule = PlaceRule.of(filledBefore ? ValuePlace.VALUE : place);
        String filled = text.contains("${") ? filled(text, rule, at) : text;
        if (filled == null) {
            return null;
        }
        try {
            // of a value that isn't known yet any sign is as good
            rule.check(unresolved(filled) ? REFERENCE.matcher(filled).replaceAll("x") : filled);
            return filled;
        } catch (SyntaxProblem e) {
            problems.add(e.at(rule.rule(), at));
            return null;
        }
    }

    private String filled(String text, PlaceRule rule, Position at) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean good = true;
        while (matcher.find()) {
            String value =
                    matcher.group().startsWith("$$") ? matcher.group().substring(1) : value(text, matcher, rule, at);
            good &= value != null;
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(out);
        return good ? out.toString() : null;
    }

    private String value(String text, Matcher matcher, PlaceRule rule, Position start) {
        Position at = new Position(start.file(), start.line(), start.column() + matcher.start());
        String name = matcher.group(1);
        try {
            boolean secret = name != null && variables.sensitive().contains(name);
            PlaceRule.Slot slot = secret ? null : rule.slot(text, matcher.start(), matcher.end());
            String value = value(matcher, at);
            boolean open =
                    value == null || variables.open() && !variables.values().containsKey(name);
            return open ? value : bounded(slot.of(value), at);
        } catch (SyntaxProblem e) {
            problems.add(e.at(ReadRule.PLACE, start));
            return null;
        }
    }

    /** A value that is long, and used often, would make of a small contract a large one. */
    private String bounded(String value, Position at) {
        if (characters > MOST) {
            return null;
        }
        characters += value.length();
        if (characters > MOST) {
            problems.error(
                    ReadRule.SIZE,
                    at,
                    "the values of ${…} have more than " + MOST + " characters together",
                    "fill in shorter values, or name them less often");
            return null;
        }
        return value;
    }

    /** Whether a text still holds a name that {@link Variables#open} left standing. */
    boolean unresolved(String text) {
        return variables.open() && text.contains("${");
    }

    private String value(Matcher matcher, Position at) {
        String name = matcher.group(1);
        if (name == null) {
            problems.error(
                    ReadRule.VARIABLE,
                    at,
                    "'${' starts a variable that has no name or no }",
                    "write ${NAME}, or $${ for the two characters themselves");
            return null;
        }
        if (variables.sensitive().contains(name)) {
            problems.error(
                    ReadRule.SENSITIVE,
                    at,
                    "${" + name + "} is a secret, and a contract is kept and shown",
                    "name the secret by its credentials id and let Jenkins hand it over");
            return null;
        }
        String value = variables.values().get(name);
        if (value == null && variables.open()) {
            return matcher.group();
        }
        if (value == null) {
            String near = Nearest.to(name, variables.values().keySet())
                    .map(n -> ", or did you mean ${" + n + "}?")
                    .orElse("");
            problems.error(
                    ReadRule.VARIABLE,
                    at,
                    "${" + name + "} is not defined",
                    "set " + name + " as a parameter or environment variable of the build, for lint with -D" + name
                            + "=…" + near);
        }
        return value;
    }
}
