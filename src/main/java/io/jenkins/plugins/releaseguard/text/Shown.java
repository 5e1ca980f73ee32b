// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts of others (contracts, evidence, metrics, answers of servers, people's words) for each kind of place that shows them. None of them
 * may steer a terminal, begin a line of its own, look like another text, call people, link to another ticket, or show the password of an
 * address. HTML is escaped by its templates.
 */
public final class Shown {
    private static final int UNPRINTABLE = '\uFFFD';
    private static final char LAST_OF_ASCII = 0x7F;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** {@code user:password@} of an address, up to the last @ of its authority. */
    private static final Pattern USER_INFO = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]{0,30}://)[^\\s/?#]*@");

    /** What a forge turns into a call of a person or team, or a link to a ticket: {@code @ada}, {@code #12}, {@code org/repo#12}. */
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\w)@[A-Za-z0-9][\\w-]*+(?:/[\\w.-]++)*+"
            + "|(?<![\\w./-])(?:[\\w.-]++(?:/[\\w.-]++)*+)?[#!][0-9]++"
            + "|(?<!\\w)(?:[#!]|GH-)[0-9]++");

    /** What chats turn into a call of everybody or into a link under another name. */
    private static final Pattern CHAT_MARK = Pattern.compile("<(?=[!@#/A-Za-z])|(?<!\\w)@(?=\\w)");

    private Shown() {}

    /**
     * One line of a terminal or of a build's log. Spaces stay as they are; what would end the line is a space.
     *
     * @param text null counts as empty
     */
    public static String line(String text) {
        return cleaned(text, false);
    }

    /** Several lines of ours for a terminal: line feeds stay. */
    public static String lines(String text) {
        return cleaned(text, true);
    }

    /**
     * JSON for programs that a terminal may show as well: the same document, with what {@link #line} would replace written as
     * {@code \\u} escapes. Outside of its texts JSON has none of that.
     */
    public static String json(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t' || !isControl(c) && !isHidden(c) && !isJoiner(c)) {
                shown.appendCodePoint(c);
                return;
            }
            for (char unit : Character.toChars(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
        });
        return shown.toString();
    }

    /** A message for a chat, a pager or a mail: nobody is called but those whom the message goes to. */
    public static String chat(String text) {
        return CHAT_MARK.matcher(lines(text)).replaceAll(mark -> mark.group() + " ");
    }

    /** A value in a line of GitHub's or GitLab's Markdown, or in a cell of its tables: nothing of it becomes markup. */
    public static String markdown(String text) {
        String line = line(text).strip();
        StringBuilder safe = new StringBuilder();
        var references = REFERENCE.matcher(line);
        int from = 0;
        while (references.find()) {
            escape(line.substring(from, references.start()), safe);
            // in a code span a forge looks for nothing, and a reference has no backtick
            safe.append('`').append(references.group()).append('`');
            from = references.end();
        }
        escape(line.substring(from), safe);
        return safe.toString();
    }

    /** The same for a value that begins a line, where a sign could make a heading, a list or a rule. */
    public static String markdownStart(String text) {
        String line = markdown(text);
        if (line.isEmpty()) {
            return line;
        }
        if ("#-+=".indexOf(line.charAt(0)) >= 0) {
            return "\\" + line;
        }
        int digits = 0;
        while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        boolean numbered = digits > 0 && digits < line.length() && ".)".indexOf(line.charAt(digits)) >= 0;
        return numbered ? line.substring(0, digits) + "\\" + line.substring(digits) : line;
    }

    private static void escape(String text, StringBuilder safe) {
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$' ->
                    safe.append('\\').append(c);
                default -> safe.append(c);
            }
        }
    }

    private static String cleaned(String text, boolean manyLines) {
        StringBuilder clean = new StringBuilder();
        for (int at = 0; text != null && at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '\n' && manyLines) {
                clean.append('\n');
            } else if (Character.isWhitespace(c) && c != ' ' || c == '\u0085') {
                clean.append(' ');
            } else {
                boolean joins = isJoiner(c) && joins(text, at);
                clean.appendCodePoint(isControl(c) || isHidden(c) || isJoiner(c) && !joins ? UNPRINTABLE : c);
            }
        }
        return USER_INFO.matcher(clean).replaceAll("$1***@");
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Format characters, which turn a text's direction or hide in it, and halves of signs. */
    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT && !isJoiner(c) || type == Character.SURROGATE;
    }

    private static boolean isJoiner(int c) {
        return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
    }

    /** Scripts and emoji need joiners, plain Latin letters don't: there they only make one word look like another. */
    private static boolean joins(String text, int after) {
        int at = after - 1;
        return at > 0
                && text.charAt(at - 1) > LAST_OF_ASCII
                && after < text.length()
                && text.charAt(after) > LAST_OF_ASCII;
    }
}
