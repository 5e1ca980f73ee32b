// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that someone probably meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The known word at the smallest edit distance, where that is at most a third of its length (or 1, or only case
     * and hyphens differ).
     */
    public static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(word);
        return known.stream()
                .filter(k -> distance(plain, plain(k)) <= Math.max(1, Math.min(3, k.length() / 3))
                        || plain.length() >= 4
                                && (plain(k).startsWith(plain) || plain.startsWith(plain(k)) && k.length() >= 4))
                .min(Comparator.comparingInt(k -> distance(plain, plain(k))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Edit distance with neighbours swapped counted once (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
