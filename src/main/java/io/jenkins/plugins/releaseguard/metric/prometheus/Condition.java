// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a selector demands of one label.
 *
 * @param values the label is one of these, none of them empty; null for a condition of another kind
 * @param sign of such another one
 * @param literal the string behind the sign, as it is written
 */
record Condition(SortedSet<String> values, String sign, String literal) {
    private static final Pattern PLAIN = Pattern.compile("[\\w:/. @-]+");
    private static final Pattern WORDS = Pattern.compile("[\\w:/ @-]++(?:\\|[\\w:/ @-]++)*+");

    /** Regular expressions that mean the same in Java as in Prometheus: without escapes, groups and what is lazy or greedy twice. */
    private static final Pattern SIMPLE = Pattern.compile("(?:(?:[\\w:/ @-]|\\.|\\[(?:\\w-\\w|\\w)++])[*+?]?+|\\|)*+");

    /** Two in one alternative: Prometheus reads a value once whatever they are, Java's would go back and forth in it. */
    private static final Pattern REPEATS = Pattern.compile("[*+?][^|*+?]*+[*+?]");

    /** Of a regular expression that is told here: Java's goes as deep as it is long. */
    private static final int LONGEST = 500;

    static Condition of(String sign, String literal) {
        String value = value(literal);
        boolean one = sign.equals("=") && value != null && PLAIN.matcher(value).matches();
        if (one) {
            return oneOf(new TreeSet<>(Set.of(value)));
        }
        if (sign.equals("=~") && value != null && WORDS.matcher(value).matches()) {
            return oneOf(new TreeSet<>(Arrays.asList(value.split("\\|"))));
        }
        return new Condition(null, sign, literal);
    }

    static Condition oneOf(SortedSet<String> values) {
        return new Condition(values, null, null);
    }

    /** What is between the quotes, null where an escape stands there. */
    private static String value(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        return inner.indexOf('\\') < 0 ? inner : null;
    }

    boolean isOneOf() {
        return values != null;
    }

    /** Whether whatever fulfils the other fulfils this. */
    boolean isWiderThan(Condition other) {
        return equals(other) || isOneOf() && other.isOneOf() && values.containsAll(other.values);
    }

    /** Whether {@link #holds} says what Prometheus would, for every value without a line break. */
    boolean canBeTold() {
        if (isOneOf()) {
            return true;
        }
        String value = value(literal);
        if (value == null) {
            return false;
        }
        return !sign.endsWith("~") || pattern(value) != null;
    }

    /** @param actual empty where the series hasn't the label */
    boolean holds(String actual) {
        if (isOneOf()) {
            return values.contains(actual);
        }
        String value = value(literal);
        boolean same = sign.endsWith("~") ? pattern(value).matcher(actual).matches() : value.equals(actual);
        return same != sign.startsWith("!");
    }

    /** Null where it might mean something else here. */
    private static com.google.re2j.Pattern pattern(String value) {
        try {
            return isSimple(value) ? com.google.re2j.Pattern.compile(value) : null;
        } catch (com.google.re2j.PatternSyntaxException e) {
            return null;
        }
    }

    private static boolean isSimple(String value) {
        return value.length() <= LONGEST
                && SIMPLE.matcher(value).matches()
                && !REPEATS.matcher(value).find();
    }

    /** As it is written behind the label. */
    String text() {
        if (!isOneOf()) {
            return sign + literal;
        }
        return values.size() == 1
                ? "=\"" + values.first() + '"'
                // a dot is a dot
                : "=~\"" + values.stream().map(v -> v.replace(".", "\\\\.")).collect(Collectors.joining("|")) + '"';
    }
}
