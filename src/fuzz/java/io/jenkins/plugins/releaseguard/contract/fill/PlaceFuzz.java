// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import io.jenkins.plugins.releaseguard.text.UrlPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A value in a text of each place: it becomes a mere value there, or a {@link SyntaxProblem}. The input is a place's name, a line feed, a
 * text with {@code ${V}}, a line feed, and the value.
 */
public final class PlaceFuzz {
    private static final String NAME = "${V}";

    private PlaceFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(PlaceFuzz.class, PlaceFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether the value may stand there. */
    public static boolean accepts(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        if (parts.length < 3 || !parts[1].contains(NAME)) {
            return false;
        }
        for (ValuePlace place : ValuePlace.values()) {
            if (place.name().equals(parts[0])) {
                return fill(place, parts[1], parts[2]);
            }
        }
        return false;
    }

    private static boolean fill(ValuePlace place, String text, String value) {
        int from = text.indexOf(NAME);
        try {
            String written =
                    PlaceRule.of(place).slot(text, from, from + NAME.length()).of(value);
            String filled = text.substring(0, from) + written + text.substring(from + NAME.length());
            PlaceRule.of(place).check(filled);
            hold(place, text, filled, written);
            return true;
        } catch (SyntaxProblem e) {
            return false;
        }
    }

    private static void hold(ValuePlace place, String text, String filled, String written) {
        boolean good =
                switch (place) {
                    case SHELL -> false;
                    case QUERY -> skeleton(filled).equals(skeleton(text));
                    case URL, PATH -> segments(filled) == segments(text) && fine(filled, text);
                    case HEADER -> written.chars().allMatch(c -> c >= 32 && c < 127 || c == 9);
                    case FILE ->
                        !List.of(filled.split("/")).contains("..")
                                || List.of(text.split("/")).contains("..");
                    case ID -> written.matches("[\\p{IsAlphabetic}\\p{IsDigit}._+%-]*");
                    default -> true;
                };
        if (!good) {
            throw new AssertionError(place + ": " + text + " became " + filled);
        }
    }

    /** A query without its strings and comments. */
    private static String skeleton(String query) {
        return query.replaceAll("(?s)\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`|#[^\n]*+", "_");
    }

    private static int segments(String address) {
        return address.split("[?#]", 2)[0].split("/", -1).length;
    }

    private static boolean fine(String filled, String text) {
        return UrlPath.fault(filled) == null || UrlPath.fault(text) != null || filled.contains("://");
    }
}
