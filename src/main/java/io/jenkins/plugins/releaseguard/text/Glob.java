// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.util.List;

/**
 * Patterns over names with slashes: {@code ?} is one character, {@code *} any but a slash, {@code **}/ any folders, none
 * included, a {@code **} at the end everything below. Time grows with length times length, whatever the pattern.
 */
public final class Glob {
    private Glob() {}

    /** Whether one of the patterns matches. */
    public static boolean any(List<String> patterns, String name) {
        return patterns.stream().anyMatch(p -> matches(p, name));
    }

    public static boolean matches(String pattern, String name) {
        String[] parts = pattern.split("/", -1);
        String[] names = name.split("/", -1);
        boolean[] reach = new boolean[names.length + 1];
        reach[0] = true;
        for (int p = 0; p < parts.length; p++) {
            boolean[] next = new boolean[names.length + 1];
            boolean deep = parts[p].equals("**");
            boolean last = p == parts.length - 1;
            for (int i = 0; i <= names.length; i++) {
                if (deep) {
                    next[i] = reach[i] && !last || i > 0 && (next[i - 1] || last && reach[i - 1]);
                } else if (i > 0) {
                    next[i] = reach[i - 1] && segment(parts[p], names[i - 1], true);
                }
            }
            reach = next;
        }
        return reach[names.length];
    }

    /** {@code *} is any text, with slashes or none; everything else, also {@code ?}, stands for itself. */
    public static boolean matchesText(String pattern, String text) {
        return segment(pattern, text, false);
    }

    /** Whether some text matches both, as {@link #matchesText} does. */
    public static boolean overlap(String one, String other) {
        // meet[j]: what stands before the place in one, and the first j characters of other, match some text both
        boolean[] meet = new boolean[other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            boolean[] next = new boolean[other.length() + 1];
            for (int j = 0; j <= other.length(); j++) {
                boolean any = i > 0 && one.charAt(i - 1) == '*';
                boolean otherAny = j > 0 && other.charAt(j - 1) == '*';
                next[j] = i == 0 && j == 0
                        || (any || otherAny) && (i > 0 && meet[j] || j > 0 && next[j - 1])
                        || i > 0 && j > 0 && meet[j - 1] && one.charAt(i - 1) == other.charAt(j - 1);
            }
            meet = next;
        }
        return meet[other.length()];
    }

    /** @param one whether {@code ?} is any one character */
    private static boolean segment(String pattern, String name, boolean one) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : 0;
            if (p < pattern.length() && c == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && (one && c == '?' || c == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
