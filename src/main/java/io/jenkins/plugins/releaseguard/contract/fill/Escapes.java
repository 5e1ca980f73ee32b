// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

/** Backslashes in the strings of PromQL and JSON. */
final class Escapes {
    private Escapes() {}

    /** Whether the text, the beginning of a string, ends within an escape: a bare backslash, or one that waits for digits. */
    static boolean isOpen(String text) {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '\\') {
                at++;
                continue;
            }
            if (at + 1 == text.length()) {
                return true;
            }
            int end = at + 2 + digits(text.charAt(at + 1));
            if (end > text.length()) {
                return true;
            }
            at = end;
        }
        return false;
    }

    /** How many more signs an escape has. */
    private static int digits(char c) {
        return switch (c) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> 2;
            default -> 0;
        };
    }

    /** With {@code \\} as the backslash that it means; of other escapes it matters only that they are signs of their own. */
    static String decoded(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                int more = digits(next);
                out.append(more > 0 ? hex(text, i, more, next) : next);
                i += more;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String hex(String text, int at, int more, char kind) {
        boolean octal = kind >= '0' && kind <= '7';
        String digits = text.substring(octal ? at : at + 1, Math.min(text.length(), at + 1 + more));
        try {
            return Character.toString(Integer.parseInt(digits, octal ? 8 : 16));
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
