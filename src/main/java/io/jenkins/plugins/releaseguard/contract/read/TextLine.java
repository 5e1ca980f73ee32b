// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.regex.Pattern;

/**
 * A line of plain text.
 *
 * @param raw its characters without the blanks around them, as they were written
 * @param text the same number of characters, with every kind of blank and of invisible mark (no-break and zero-width spaces, byte-order and
 *     direction marks) as a space, for what looks for structure
 * @param indent how many characters stand before it
 * @param number counted from 1
 */
record TextLine(String raw, String text, int indent, int number) {
    private static final Pattern RULE = Pattern.compile("(?:---+|\\*\\*\\*+|___+|===+|—{3,}+)");
    private static final Pattern DECORATION =
            Pattern.compile("</?[A-Za-z]{1,12}[1-6]?(?:\\s[^<>]*+)?/?>|!\\[[^\\[\\]]*+]\\([^()]*+\\)");
    private static final Pattern UNDERLINE = Pattern.compile("-{2,}|={2,}");

    static TextLine of(String line, int number) {
        StringBuilder plain = new StringBuilder(line);
        int from = line.length();
        int to = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT) {
                plain.setCharAt(i, ' ');
            } else {
                from = Math.min(from, i);
                to = i + 1;
            }
        }
        return from >= to
                ? new TextLine("", "", 0, number)
                : new TextLine(line.substring(from, to), plain.substring(from, to), from, number);
    }

    boolean isBlank() {
        return text.isEmpty();
    }

    /** A tag alone, such as {@code </details>}, or an image: it says nothing, and belongs to no field above it. */
    boolean isDecoration() {
        return DECORATION.matcher(text).matches();
    }

    boolean isFence() {
        return text.startsWith("```") || text.startsWith("~~~");
    }

    /** A line drawn across the page. */
    boolean isRule() {
        return RULE.matcher(text).matches();
    }

    /** What makes the line above it a heading. */
    boolean isUnderline() {
        return UNDERLINE.matcher(text).matches();
    }

    /** What stands from a character of it on. */
    TextLine from(int at) {
        TextLine rest = of(raw.substring(at), number);
        return new TextLine(rest.raw, rest.text, indent + at + rest.indent, number);
    }

    /** The column where a character of it stands, counted from 1. */
    int column(int at) {
        return indent + at + 1;
    }
}
