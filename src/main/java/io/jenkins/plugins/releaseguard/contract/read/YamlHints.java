// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in a contract author's words what a YAML parser says in its own. */
final class YamlHints {
    private static final Pattern UNQUOTED_COMPARISON = Pattern.compile("(^|[:,{\\[-])\\s*[>|]\\s*[=0-9a-z]");
    private static final int NEAR = 200;
    private static final Pattern SIGN = Pattern.compile("[:\\[,-]\\s+([*&!%@`])");
    private static final Pattern COLON_IN_TEXT = Pattern.compile(":\\s.*:\\s");

    private static final Pattern UNDEFINED = Pattern.compile("undefined alias (\\S+)");
    private static final Pattern NO_START =
            Pattern.compile("found character '?(.{1,12}?)'? that cannot start any token");

    /** A brace opened inside braces or brackets is taken for a mapping of its own. */
    private static final Pattern BARE_VARIABLE = Pattern.compile("[\\[{].*[:,\\[]\\s*[^\\s\"']*\\$\\{");

    private YamlHints() {}

    static Problem problem(MarkedYAMLException e, SourceOffset origin, String text) {
        String said = String.valueOf(e.getProblem());
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        if (unclosed(said) && e.getContextMark() != null) {
            return new Problem(
                    Severity.ERROR,
                    ReadRule.YAML.id(),
                    origin.position(e.getContextMark()),
                    "not YAML: what begins here is never closed",
                    "close the quote, the [ or the {; is the file complete?");
        }
        if (said.contains("tag is not allowed")) {
            return new Problem(
                    Severity.ERROR,
                    ReadRule.TAG.id(),
                    mark == null ? origin.start() : origin.position(mark),
                    "a YAML tag that would make an object stands here",
                    "take it out: a contract holds texts, lists and mappings only");
        }
        String[] lines = text.split("\n", -1);
        int index = mark == null ? 0 : mark.getLine();
        int column = mark == null ? 0 : mark.getColumn();
        String line = index < lines.length ? near(lines[index], column) : "";
        String before = index > 0 && index - 1 < lines.length ? near(lines[index - 1], column) : "";
        String rule = said.contains("alias") ? ReadRule.ALIAS.id() : ReadRule.YAML.id();
        if (BARE_VARIABLE.matcher(line).find()) {
            return new Problem(
                    Severity.ERROR,
                    rule,
                    mark == null ? origin.start() : origin.position(mark),
                    "not YAML: a ${…} inside { } or [ ] needs quotes",
                    "put quotes around it: {version: \"${VERSION}\"}");
        }
        boolean comparison = UNQUOTED_COMPARISON.matcher(line).find()
                || UNQUOTED_COMPARISON.matcher(before).find() && said.contains("chomping");
        return new Problem(
                Severity.ERROR,
                rule,
                mark == null ? origin.start() : origin.position(mark),
                "not YAML: " + (comparison ? "a value that begins with > or | needs quotes" : plain(said)),
                comparison ? "put quotes around a threshold: \">2% of requests for 5 minutes\"" : fix(said, line));
    }

    /** The part of a line that a person would look at; the patterns above take their time over long ones. */
    private static String near(String line, int column) {
        int from = Math.max(0, Math.min(line.length(), column) - NEAR);
        return line.substring(from, Math.min(line.length(), from + 2 * NEAR));
    }

    private static boolean unclosed(String said) {
        return said.contains("unexpected end of stream") || said.contains("<stream end>");
    }

    private static String plain(String said) {
        if (said.contains("\\t")) {
            return "a tab stands where spaces belong";
        }
        if (said.contains("but found another document")) {
            return "a second document begins here";
        }
        if (said.contains("expected <block end>")) {
            return "this line does not fit below the lines above it";
        }
        if (said.contains("mapping values are not allowed")) {
            return "a ':' stands where a value goes on";
        }
        Matcher alias = UNDEFINED.matcher(said);
        if (alias.find()) {
            return "*" + Cursor.shorten(alias.group(1)) + " is taken for a reference, which is not defined";
        }
        Matcher start = NO_START.matcher(said);
        return start.find() ? "a value can't begin with " + start.group(1) + " without quotes" : Cursor.shorten(said);
    }

    private static String fix(String said, String line) {
        if (said.contains("\\t") || line.startsWith("\t")) {
            return "indent with spaces";
        }
        if (said.contains("found another document")) {
            return "one contract a file: take out the --- and what follows";
        }
        if (SIGN.matcher(line).find()) {
            return "put quotes around a value that starts with * & ! % @ or `";
        }
        if (said.contains("mapping values are not allowed")
                || COLON_IN_TEXT.matcher(line).find()) {
            return "put quotes around a text that holds ': ', or check this line's indentation against the one above";
        }
        return "check the indentation, and that every [ { and quote is closed";
    }
}
