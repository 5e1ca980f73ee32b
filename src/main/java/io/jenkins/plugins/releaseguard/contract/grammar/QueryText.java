// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

/**
 * A query in PromQL, read just far enough to tell its strings, comments and braces apart. {@code ${NAME}} stands for itself
 * and opens no brace.
 */
public final class QueryText {
    private final String text;

    public QueryText(String text) {
        this.text = text;
    }

    /**
     * Where a label's value is written.
     *
     * @param quote the sign around it
     * @param pattern whether it is a regular expression ({@code =~}, {@code !~})
     * @param open offset of its first character
     * @param end offset of the closing quote
     */
    public record LabelValue(char quote, boolean pattern, int open, int end) {}

    /** The query with its comments as blanks. A variable that only a comment names is not asked for. */
    public String withoutComments() {
        StringBuilder out = new StringBuilder(text);
        int at = 0;
        while (at < text.length()) {
            int end = next(at);
            if (text.charAt(at) == '#') {
                for (int i = at; i < end; i++) {
                    out.setCharAt(i, ' ');
                }
            }
            at = end;
        }
        return out.toString();
    }

    /** The label value that holds what stands from {@code from} on; null where nothing but another place does. */
    public LabelValue around(int from) {
        int braces = 0;
        String before = "";
        int at = 0;
        while (at < text.length() && at <= from) {
            int end = next(at);
            char c = text.charAt(at);
            if (isQuote(c)) {
                boolean closed = end - at > 1 && text.charAt(end - 1) == c && isWhole(at, end);
                if (from < end) {
                    boolean value = closed && braces == 1 && from > at && isSign(before);
                    return value ? new LabelValue(c, before.endsWith("~"), at + 1, end - 1) : null;
                }
            } else if (from < end) {
                return null;
            }
            if (c == '{') {
                braces++;
            } else if (c == '}') {
                braces--;
            }
            if (!Character.isWhitespace(c) && c != '#') {
                String token = text.substring(at, end);
                before = (token.equals("~") || token.equals("=")) && (before.equals("=") || before.equals("!"))
                        ? before + token
                        : token;
            }
            at = end;
        }
        return null;
    }

    private static boolean isSign(String token) {
        return token.equals("=") || token.equals("!=") || token.equals("=~") || token.equals("!~");
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.-".indexOf(c) >= 0;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** Whether the string that begins here ends with its quote and not with the text. */
    private boolean isWhole(int from, int end) {
        int at = from + 1;
        while (at < end - 1) {
            at += text.charAt(at) == '\\' && text.charAt(from) != '`' ? 2 : 1;
        }
        return at == end - 1;
    }

    /** Where the string, the comment, the {@code ${NAME}} or the character that begins here ends. */
    private int next(int at) {
        char c = text.charAt(at);
        if (c == '#') {
            int line = text.indexOf('\n', at);
            return line < 0 ? text.length() : line;
        }
        if (c == '$' && text.startsWith("{", at + 1)) {
            int close = at + 2;
            while (close < text.length() && isOfName(text.charAt(close))) {
                close++;
            }
            // anything else behind ${ is the query's own: its quotes count
            return close > at + 2 && text.startsWith("}", close) ? close + 1 : at + 1;
        }
        if (!isQuote(c)) {
            return at + 1;
        }
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != c) {
            if (c != '`' && text.charAt(i) == '\n') {
                return i;
            }
            i += c != '`' && text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }
}
