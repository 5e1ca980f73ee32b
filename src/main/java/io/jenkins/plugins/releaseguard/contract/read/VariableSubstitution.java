// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} into one scalar. What it fills in is never looked at again, so a value can't bring in
 * another.
 */
final class VariableSubstitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{(?:([A-Za-z_][A-Za-z0-9_.-]*)\\})?");

    private final Variables variables;
    private final Problems problems;

    VariableSubstitution(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The filled text, or null after an error. */
    String fill(String text, Position at) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean good = true;
        while (matcher.find()) {
            String value = matcher.group().startsWith("$$")
                    ? matcher.group().substring(1)
                    : value(matcher, new Position(at.file(), at.line(), at.column() + matcher.start()));
            good &= value != null;
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        matcher.appendTail(out);
        return good ? out.toString() : null;
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
