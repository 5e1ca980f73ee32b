// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Texts of others (messages, names, answers of servers) as one bounded line for logs, terminals, journals and pages: no line
 * breaks, no control characters, which a terminal would obey, and no invisible or direction marks, which make a text look like
 * another.
 */
public final class Lines {
    private static final int NAMED = 8;
    private static final char MORE = '…';
    private static final int UNPRINTABLE = '\uFFFD';
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Lines() {}

    /**
     * One line: runs of white space and control characters become one space, format characters (Unicode category Cf, but
     * for the joiners, which scripts and emoji need) and halves of surrogate pairs become U+FFFD. A longer text is cut
     * between code points and ends in "…".
     *
     * @param text null counts as empty
     * @param length the most UTF-16 code units of the result, the "…" counted; at least 1
     */
    public static String bounded(String text, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a line of at most " + length + " characters");
        }
        StringBuilder line = new StringBuilder();
        boolean gap = false;
        for (int at = 0; text != null && at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (isSpace(c)) {
                gap = !line.isEmpty();
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            line.appendCodePoint(isPrintable(c) ? c : UNPRINTABLE);
            if (line.length() > length) {
                return cut(line, length - 1) + MORE;
            }
        }
        return line.toString();
    }

    /** What an exception says as such a line: its message, or its class's name where it has none. */
    public static String said(Throwable thrown, int length) {
        String message = thrown.getMessage();
        return bounded(message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message, length);
    }

    /** The first eight of some names, and how many more there are. */
    public static String some(Collection<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = names.size() - NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
            case Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String cut(StringBuilder line, int length) {
        int end = length > 0 && Character.isHighSurrogate(line.charAt(length - 1)) ? length - 1 : length;
        return line.substring(0, end).stripTrailing();
    }
}
