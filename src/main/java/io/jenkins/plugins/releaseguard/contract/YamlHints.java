// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in a contract author's words what a YAML parser says in its own. */
final class YamlHints {
    private static final Pattern UNQUOTED_COMPARISON = Pattern.compile("(^|[:,{\\[-])\\s*[>|]\\s*[=0-9a-z]");
    private static final Pattern SIGN = Pattern.compile("[:\\[,-]\\s+([*&!%@`])");
    private static final Pattern COLON_IN_TEXT = Pattern.compile(":\\s.*:\\s");

    private YamlHints() {}

    static Problem problem(MarkedYAMLException e, Position at, int index, String text) {
        String[] lines = text.split("\n", -1);
        String line = index < lines.length ? lines[index] : "";
        String before = index > 0 && index - 1 < lines.length ? lines[index - 1] : "";
        String said = String.valueOf(e.getProblem());
        String alias = said.contains("alias") ? ReadRule.ALIAS.id() : ReadRule.YAML.id();
        return new Problem(Severity.ERROR, alias, at, "not YAML: " + plain(said), fix(said, line, before));
    }

    private static String plain(String said) {
        if (said.contains("'\\t(TAB)'") || said.contains("\\t")) {
            return "a tab stands where spaces belong";
        }
        if (said.contains("expected a single document") || said.contains("but found another document")) {
            return "a second document begins here";
        }
        return Cursor.shorten(said.replace("<block end>", "the end of the block"));
    }

    private static String fix(String said, String line, String before) {
        if (said.contains("\\t") || line.startsWith("\t")) {
            return "indent with spaces";
        }
        if (said.contains("found another document")) {
            return "one contract a file: take out the --- and what follows";
        }
        if (UNQUOTED_COMPARISON.matcher(line).find() || UNQUOTED_COMPARISON.matcher(before).find()) {
            return "put quotes around a threshold: \">2% of requests for 5 minutes\"";
        }
        if (SIGN.matcher(line).find()) {
            return "put quotes around a value that starts with * & ! % @ or `";
        }
        if (said.contains("undefined alias")) {
            return "define it first with &name, or put quotes around a value that starts with *";
        }
        if (said.contains("mapping values are not allowed") || COLON_IN_TEXT.matcher(line).find()) {
            return "put quotes around a text that holds ': ', or check this line's indentation against the one above";
        }
        if (said.contains("unexpected end of stream") || said.contains("<stream end>")) {
            return "something that was opened is not closed: a quote, a [ or a {; is the file complete?";
        }
        return "check the indentation, and that every [ { and quote is closed";
    }
}
