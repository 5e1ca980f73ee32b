// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/** A spot in a regular expression of RE2 where a value can stand for itself. */
final class PatternSpot {
    private PatternSpot() {}

    /**
     * @param before the expression up to the spot
     * @param from the spot's offset, for the message
     * @throws SyntaxProblem a value would be read there as a sign of the expression
     */
    static void require(String before, int from) throws SyntaxProblem {
        boolean set = false;
        boolean count = false;
        int opened = -1;
        int at = 0;
        while (at < before.length()) {
            char c = before.charAt(at);
            if (c == '\\') {
                if (at + 1 == before.length() || "QpPxC".indexOf(before.charAt(at + 1)) >= 0) {
                    throw wrong(from, "behind a \\");
                }
                at += 2;
                continue;
            }
            if (set) {
                set = c != ']' || at == opened;
            } else if (c == '[') {
                set = true;
                // ']' at the beginning of a set is one of its characters, also behind '^'
                opened = at + (before.startsWith("^", at + 1) ? 2 : 1);
            } else if (c == '{' && !before.startsWith("${", at - 1)) {
                count = true;
            } else if (c == '}') {
                count = false;
            }
            at++;
        }
        if (set || count) {
            throw wrong(from, set ? "in a [set]" : "in a {count}");
        }
        int group = before.lastIndexOf("(?");
        if (group >= 0
                && before.indexOf(':', group) < 0
                && before.indexOf(')', group) < 0
                && before.indexOf('>', group) < 0) {
            throw wrong(from, "in the head of a group");
        }
    }

    private static SyntaxProblem wrong(int from, String where) {
        return new SyntaxProblem(
                from,
                "a value can't stand " + where + " of a regular expression",
                "let it stand beside it, where it means itself");
    }

    /** Whether what follows repeats what stands before it. */
    static boolean isRepeated(String text, int to) {
        return to < text.length() && "*+?{".indexOf(text.charAt(to)) >= 0;
    }

    /** The value as an expression that matches it and nothing else. */
    static String quoted(String value, boolean repeated) {
        StringBuilder out = new StringBuilder(repeated ? "(?:" : "");
        value.codePoints().forEach(c -> {
            boolean sign = c > ' ' && c < 0x7f && c != '_' && !Character.isLetterOrDigit(c);
            out.append(sign ? "\\" : "").appendCodePoint(c);
        });
        return out.append(repeated ? ")" : "").toString();
    }
}
