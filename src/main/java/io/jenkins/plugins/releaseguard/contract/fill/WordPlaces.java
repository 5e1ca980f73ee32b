// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Places that a value may have anywhere in the text, where it is what it has to be. */
final class WordPlaces implements PlaceRule {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_](?:\\.?[A-Za-z0-9_%+-]){0,200}");
    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]{1,18}(?:\\.[0-9]{1,18})?[A-Za-z%‰µ]{0,3}");
    private static final int LINE = 1000;

    static final PlaceRule ID = new WordPlaces(
            v -> WORD.matcher(v).matches(),
            "is no word of letters, digits and single . _ % + -",
            "fill in one such word, without spaces",
            v -> v);
    static final PlaceRule NUMBER = new WordPlaces(
            v -> DIGITS.matcher(v).matches(),
            "is no number",
            "fill in one number with its unit, such as 2%, and write the rest of the limit out",
            v -> v);
    static final PlaceRule NAME = new WordPlaces(
            WordPlaces::isLine,
            "is not one line of at most " + LINE + " characters",
            "fill in a text without line breaks and control characters",
            v -> v);
    static final PlaceRule VALUE = new WordPlaces(
            v -> v.indexOf('\0') < 0, "holds a character of no text (NUL)", "fill in a text without it", v -> v);
    static final PlaceRule PROSE = new WordPlaces(
            v -> v.chars().noneMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0),
            "holds control characters",
            "fill in a text without them",
            v -> v);
    static final PlaceRule POINTER = new WordPlaces(
            WordPlaces::isLine,
            "is not one line of at most " + LINE + " characters",
            "fill in the name of one field",
            v -> v.replace("~", "~0").replace("/", "~1"));

    private final Predicate<String> fits;
    private final String wrong;
    private final String fix;
    private final UnaryOperator<String> escape;

    private WordPlaces(Predicate<String> fits, String wrong, String fix, UnaryOperator<String> escape) {
        this.fits = fits;
        this.wrong = wrong;
        this.fix = fix;
        this.escape = escape;
    }

    @Override
    public Slot slot(String text, int from, int to) {
        return value -> {
            if (!fits.test(value)) {
                throw new SyntaxProblem(from, "the value of " + text.substring(from, to) + " " + wrong, fix);
            }
            return escape.apply(value);
        };
    }

    private static boolean isLine(String value) {
        return value.length() <= LINE
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.LINE_SEPARATOR
                                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                                // marks that turn the direction of what follows
                                || Character.getDirectionality(c) >= Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING);
    }
}
