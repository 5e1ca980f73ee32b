// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.evidence.Approvals;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether two names, addresses or ids are one person's. {@code Ada L} and {@code ada} may be: who can't be told apart is nobody else. */
public record Likeness(Approvals known) {
    /** From the least that is proven to the most. */
    public enum Word {
        SAME,
        UNCLEAR,
        OTHER
    }

    private static final int TELLING = 4;

    public Word of(String one, String other) throws IOException {
        if (one.isBlank() || other.isBlank()) {
            return Word.OTHER;
        }
        if (one.strip().equalsIgnoreCase(other.strip())) {
            return Word.SAME;
        }
        if (!isLike(one, other)) {
            return Word.OTHER;
        }
        Optional<String> first = known.user(one);
        Optional<String> second = known.user(other);
        if (first.isEmpty() || second.isEmpty()) {
            return Word.UNCLEAR;
        }
        return first.get().equalsIgnoreCase(second.get()) ? Word.SAME : Word.OTHER;
    }

    /** Every word of the shorter one stands in the longer, whole or as an initial; or an id is made of the other's longest word. */
    private static boolean isLike(String one, String other) {
        List<String> a = words(one);
        List<String> b = words(other);
        List<String> few = a.size() <= b.size() ? a : b;
        List<String> many = a.size() <= b.size() ? b : a;
        boolean all =
                !few.isEmpty() && few.stream().allMatch(word -> many.stream().anyMatch(w -> stands(word, w)));
        return all
                || few.size() == 1
                        && many.stream()
                                .anyMatch(word ->
                                        word.length() >= TELLING && few.get(0).contains(word));
    }

    private static boolean stands(String word, String in) {
        return word.equals(in) || word.length() == 1 && in.startsWith(word) || in.length() == 1 && word.startsWith(in);
    }

    private static List<String> words(String name) {
        int at = name.indexOf('@');
        String local = at > 0 && !name.substring(0, at).contains(" ") ? name.substring(0, at) : name;
        return Arrays.stream(local.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
