// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a check's limit without a comparison was likely meant to be: {@code 95%}, {@code 0}, {@code at least 80%}, {@code none}. Proposed in
 * quotes as it can be read; where it may be the least or the most, both are, and people decide.
 */
final class LimitRepair {
    private static final String NUMBER = "(\\d+(?:[.,]\\d+)?\\s*(?:%|[a-zA-Zµ]{1,7})?)";

    /** One after the other: the comparison, and what stands around the number. */
    private static final Map<Pattern, String> WORDS = words();

    private static final Pattern BARE = Pattern.compile(NUMBER);
    private static final Pattern RANGE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%?\\s*(?:-|–|\\.\\.|to)\\s*\\d+(?:\\.\\d+)?\\s*(%?)");
    private static final Pattern NONE = Pattern.compile("(?i)none|zero|no|nothing|never|0+");
    private static final Pattern TIME =
            Pattern.compile("(?i).*\\d\\s*(?:ms|µs|us|s|sec(?:onds?)?|m|min(?:utes?)?|h|hours?|d|days?|w|weeks?)");

    private LimitRepair() {}

    private static Map<Pattern, String> words() {
        Map<Pattern, String> words = new LinkedHashMap<>();
        words.put(pattern("(?:at least|min(?:imum)?(?: of)?|not? less than)\\s+" + NUMBER), ">=");
        words.put(
                pattern(NUMBER + "\\s*(?:\\+|(?:or|and) (?:more|higher|better|above|up)|at least|min(?:imum)?)"), ">=");
        words.put(pattern("(?:at most|max(?:imum)?(?: of)?|not? more than|up to|within)\\s+" + NUMBER), "<=");
        words.put(pattern(NUMBER + "\\s*(?:(?:or|and) (?:less|fewer|lower|below)|at most|max(?:imum)?)"), "<=");
        words.put(
                pattern("(?:more|greater|higher|larger|longer) than\\s+" + NUMBER + "|(?:above|over)\\s+" + NUMBER),
                ">");
        words.put(
                pattern("(?:less|fewer|lower|smaller|shorter) than\\s+" + NUMBER + "|(?:below|under)\\s+" + NUMBER),
                "<");
        words.put(pattern("=>\\s*" + NUMBER), ">=");
        words.put(pattern("=<\\s*" + NUMBER), "<=");
        return words;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** The problem with a fix that can be taken as it stands, where there is one. */
    static SyntaxProblem better(SyntaxProblem problem, String text) {
        if (text.length() > ThresholdParser.LONGEST) {
            return problem;
        }
        List<String> proposed = proposed(text.strip()).stream()
                .filter(LimitRepair::reads)
                .map(limit -> '"' + limit + '"')
                .toList();
        return proposed.isEmpty()
                ? ThresholdRepair.better(problem, text)
                : new SyntaxProblem(
                        problem.offset(),
                        problem.getMessage(),
                        "write "
                                + (proposed.size() == 1
                                        ? proposed.get(0)
                                        : proposed.stream()
                                                .map(limit -> limit
                                                        + (limit.charAt(1) == '>'
                                                                ? " where it is the least"
                                                                : " where it is the most"))
                                                .collect(Collectors.joining(", or "))));
    }

    private static List<String> proposed(String text) {
        if (NONE.matcher(text).matches()) {
            return List.of("<= 0");
        }
        for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
            Matcher number = word.getKey().matcher(text);
            if (number.matches()) {
                int group = number.group(1) == null ? 2 : 1;
                return List.of(limit(word.getValue(), number.group(group)));
            }
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return List.of(limit(">=", range.group(1) + range.group(2)));
        }
        if (!BARE.matcher(text).matches()) {
            return List.of();
        }
        return TIME.matcher(text).matches()
                ? List.of(limit("<=", text))
                : List.of(limit(">=", text), limit("<=", text));
    }

    private static String limit(String sign, String number) {
        return sign + ' ' + number.strip().replace(',', '.').replaceAll("(?<=\\d)\\s+%", "%");
    }

    private static boolean reads(String text) {
        try {
            return ThresholdParser.limit(text).isPlain();
        } catch (SyntaxProblem e) {
            return false;
        }
    }
}
