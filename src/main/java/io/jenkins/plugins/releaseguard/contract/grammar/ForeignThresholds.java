// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole sentences of other tools, and what breaks a release where they are held: criteria of Keptn's {@code slo.yaml}, conditions of Argo
 * Rollouts, ranges of Flagger, objectives of OpenSLO, Sloth and Pyrra, monitors of Datadog.
 */
final class ForeignThresholds {
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final double HALF = 0.5;
    private static final MathContext DIGITS = new MathContext(6);

    /** What must hold of a query's result, as Argo Rollouts has it: a fraction. */
    private static final Pattern RESULT = whole(
            "(?:(?:len\\(result\\)\\s*==?\\s*0|isNaN\\(result(?:\\[0])?\\)|isInf\\(result(?:\\[0])?\\)|result\\s*==\\s*nil)\\s*\\|\\|\\s*)?"
                    + "(?:(?:asFloat|asInt|default)\\(result(?:\\[0])?(?:,\\s*[\\d.]+)?\\)|result(?:\\[0]|\\.[a-z]+)?|all\\(result,\\s*#)"
                    + "\\s*([<>]=?)\\s*" + NUMBER + "\\)?");

    private static final Pattern WINDOW =
            whole("(avg|max|min|sum|median)\\(last_(\\d+[smh])\\)\\s*:?\\s*([<>]=?)\\s*" + NUMBER);
    private static final Pattern RANGE = whole("(?:thresholdRange:\\s*)?\\{?\\s*(min|max):\\s*" + NUMBER + "\\s*}?");
    private static final Pattern OBJECTIVE =
            whole("(?:objectives?|target|targetPercent|goal|slo):?\\s*\"?" + NUMBER + "\\s*%?\"?");
    private static final Pattern AVAILABLE =
            whole(NUMBER + "\\s*%\\s*(?:availability|uptime|success(?:\\s+rate)?)(?:\\s+over\\s+\\d+\\s*[a-z]+)?");
    private static final Pattern WITHIN = whole(NUMBER
            + "\\s*%\\s+of\\s+(?:all\\s+)?(?:requests|responses|calls)\\s+(?:are\\s+|served\\s+)?(?:<=?|under|below|within|in|faster than|less than)\\s*"
            + NUMBER + "\\s*(ms|s|seconds|milliseconds)");
    private static final String REQUESTS = "\\s*%\\s+of\\s+(?:all\\s+)?(?:requests|responses|calls)\\s+";
    private static final String TIME = "\\s*" + NUMBER + "\\s*(ms|s|seconds|milliseconds)";

    /** With a sign before it, "over" some seconds may be a window; fractions of a second are none. */
    private static final Pattern SLOWER = whole("(?:(?:>=?|more than|over)\\s*)?" + NUMBER + REQUESTS
            + "(?:are\\s+|take\\s+|that\\s+take\\s+)?(?:>=?|above|slower than|longer than|more than|exceed(?:ing)?)"
            + TIME);

    private static final Pattern OVER = whole("(?:(?:>=?|more than)\\s*)?" + NUMBER + REQUESTS + "(?:are\\s+)?over\\s*"
            + NUMBER + "\\s*(ms|milliseconds)");
    private static final Pattern FEWER = whole("(?:<=?|(?:fewer|less) than|under|below)\\s*" + NUMBER + REQUESTS
            + "(?:are\\s+|served\\s+)?(?:<=?|under|below|within|in|faster than|less than)" + TIME);
    private static final Pattern SUCCEED =
            whole(NUMBER + REQUESTS + "(?:must\\s+|should\\s+)?(?:succeed|be successful|are successful|are ok)");
    private static final Pattern ONE_IN =
            whole("(?:(>=?|more than|over|above)\\s*)?(\\d{1,9})\\s*(?:in|of|out of|/)\\s*(\\d{1,9})"
                    + "(?:\\s+(?:requests|responses|calls))?(?:\\s+fail(?:s|ed)?)?");
    private static final Pattern POINTS = whole(
            "(?:[a-z \\d]{0,40}\\s)?(?:>\\s*|by\\s+(?:more\\s+than\\s+)?|\\+\\s*)" + NUMBER
                    + "\\s*(?:%\\s*points?|percentage\\s+points?|pp|p\\.p\\.)(?:\\s+(?:above|over|vs\\.?|than|compared\\s+to)\\s+(?:the\\s+)?baseline)?");
    private static final Pattern OUTSIDE = whole("(?:outside|not between|not in)\\s+(?:of\\s+)?\\[?\\s*" + NUMBER
            + "\\s*(%|ms|s)?\\s*(?:\\.\\.|-|,|and|to)\\s*" + NUMBER + "\\s*(%|ms|s)?\\s*]?");
    private static final Pattern NONE = whole("no\\s+(?:[a-z]{1,20}\\s+){1,3}(?:for|in|within)\\s+(\\d+\\s*[a-z]+)");
    private static final Pattern BUDGET = Pattern.compile(
            "\\s*+(?:(?:error\\s++)?+budget\\s++)?+(?:(?:burn(?:s|ed|ing)?+|consum(?:es|ed)|spends|uses)\\s++)?+"
                    + "(?:(?:>=?+|more\\s++than|over)\\s*+)?+(\\d++(?:\\.\\d++)?+)\\s*+%\\s*+"
                    + "(?:of\\s++(?:the\\s++)?+(?:monthly\\s++)?+(?:error\\s++)?+budget\\s++)?+"
                    + "(?:(?:is\\s++)?+(?:burnt|burned|consumed|spent|used|gone)\\s++)?+(?:in|within|over)\\s++(\\d++\\s*+[a-z]++)\\s*+",
            Pattern.CASE_INSENSITIVE);

    /** As Google's SRE Workbook and most objectives have it (chapter 5, "Alerting on SLOs"). */
    private static final Duration BUDGET_PERIOD = Duration.ofDays(30);

    private static final Pattern LESS = whole("[<>]=?\\s*-\\s*" + NUMBER + "\\s*%");
    private static final Pattern BURN = whole("(?:error\\s+budget\\s+)?burn(?:[\\s_-]?rate)?\\s*(>=?)\\s*" + NUMBER
            + "\\s*[x×]?\\s*\\(?(?:for|in|over|lookback(?:Window)?)?\\s*(\\d+\\s*[a-z]+)\\s*\\)?(?:\\s+window)?");
    private static final Pattern COUNTED = whole(
            "(?:[a-z ]{0,40}\\s)?(>=?|more than|at least|over)\\s*" + NUMBER
                    + "\\s*(?:failed\\s+)?(?:errors|failures|exceptions|restarts|crashes|events|requests|calls)\\s+(?:in|within|per)\\s+(\\d+\\s*[a-z]+)");

    /** Tried one after the other. */
    private static final List<Map.Entry<Pattern, Function<MatchResult, String>>> ALL = List.of(
            Map.entry(RESULT, m -> result(m.group(1), Double.parseDouble(m.group(2)))),
            Map.entry(WINDOW, ForeignThresholds::window),
            Map.entry(RANGE, m -> m.group(1).equalsIgnoreCase("min") ? objective(m.group(2)) : "> " + m.group(2)),
            Map.entry(OBJECTIVE, m -> objective(m.group(1))),
            Map.entry(AVAILABLE, m -> objective(m.group(1))),
            Map.entry(WITHIN, m -> "p" + m.group(1) + " > " + m.group(2) + m.group(3)),
            Map.entry(
                    LESS, m -> "< " + ThresholdWriter.number(1 - Double.parseDouble(m.group(1)) / 100) + "x baseline"),
            Map.entry(SLOWER, m -> slower(m.group(1), m.group(2) + m.group(3))),
            Map.entry(OVER, m -> slower(m.group(1), m.group(2) + m.group(3))),
            Map.entry(FEWER, m -> "p" + m.group(1) + " > " + m.group(2) + m.group(3)),
            Map.entry(SUCCEED, m -> objective(m.group(1))),
            Map.entry(ONE_IN, ForeignThresholds::oneIn),
            Map.entry(POINTS, m -> "> baseline + " + m.group(1) + "%"),
            Map.entry(OUTSIDE, ForeignThresholds::outside),
            Map.entry(NONE, m -> "= 0 for " + m.group(1)),
            Map.entry(BURN, m -> "burn " + m.group(1) + " " + m.group(2) + " over " + m.group(3)),
            Map.entry(COUNTED, m -> counted(m.group(1), m.group(2), m.group(3))));

    private ForeignThresholds() {}

    /**
     * A share of an error budget in a time, as the rate at which a budget of 30 days burns; null for any other sentence.
     */
    static String ofBudget(String text) {
        Matcher matcher = BUDGET.matcher(text);
        String words = text.toLowerCase(Locale.ROOT);
        boolean ofBudget = words.contains("burn") || words.contains("budget");
        if (!ofBudget || !matcher.matches()) {
            return null;
        }
        try {
            Duration window = Durations.read(new Cursor(matcher.group(2)));
            double rate = Double.parseDouble(matcher.group(1))
                    / 100
                    * BUDGET_PERIOD.toMillis()
                    / Math.max(1, window.toMillis());
            return "burn > " + ThresholdWriter.number(rate) + " over " + matcher.group(2);
        } catch (SyntaxProblem e) {
            return null;
        }
    }

    /** A share of requests that is slower than a time is a quantile above it, where "over" is no window; null for any other sentence. */
    static String slower(String text) {
        for (Pattern pattern : List.of(SLOWER, OVER)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return slower(matcher.group(1), matcher.group(2) + matcher.group(3));
            }
        }
        return null;
    }

    private static String slower(String percent, String limit) {
        double share = Double.parseDouble(percent);
        return share > 0 && share < 100 ? "p" + ThresholdWriter.number(100 - share) + " > " + limit : null;
    }

    private static String oneIn(MatchResult m) {
        double some = Double.parseDouble(m.group(2));
        double all = Double.parseDouble(m.group(3));
        return some < all ? "> " + ThresholdWriter.number(some * 100 / all) + "%" : null;
    }

    private static String outside(MatchResult m) {
        String unit = m.group(4) == null ? "" : m.group(4);
        return "< " + m.group(1) + (m.group(2) == null ? unit : m.group(2)) + " or > " + m.group(3) + unit;
    }

    private static Pattern whole(String regex) {
        return Pattern.compile("\\s*" + regex + "\\s*", Pattern.CASE_INSENSITIVE);
    }

    /** What breaks a release where that is to hold; null where it is no sentence of these. */
    static String read(String text) {
        for (Map.Entry<Pattern, Function<MatchResult, String>> one : ALL) {
            Matcher matcher = one.getKey().matcher(text);
            if (matcher.matches()) {
                return one.getValue().apply(matcher.toMatchResult());
            }
        }
        return null;
    }

    private static String result(String sign, double value) {
        String limit = value <= 1 ? ThresholdWriter.number(value * 100) + "%" : ThresholdWriter.number(value);
        boolean successes = sign.startsWith(">") && value >= HALF && value <= 1;
        return successes ? "success < " + limit : "> " + limit;
    }

    /** A fraction, or a percentage; null for what is no objective of successes. */
    private static String objective(String number) {
        double value = Double.parseDouble(number);
        double percent = value <= 1 ? value * 100 : value;
        return percent > HALF * 100 && percent <= 100 ? "success < " + ThresholdWriter.number(percent) + "%" : null;
    }

    private static String window(MatchResult m) {
        String how = m.group(1).toLowerCase(Locale.ROOT);
        if (how.equals("sum")) {
            return counted(m.group(3), m.group(4), m.group(2));
        }
        double value = Double.parseDouble(m.group(4));
        String limit = value < 1 ? ThresholdWriter.number(value * 100) + "%" : m.group(4);
        return (how.equals("avg") ? "average" : how) + " " + m.group(3) + " " + limit + " over " + m.group(2);
    }

    /** So many in a time are so many a minute on average. */
    private static String counted(String sign, String number, String time) {
        try {
            Duration window = Durations.read(new Cursor(time));
            if (window.isZero()) {
                return null;
            }
            BigDecimal minutes =
                    BigDecimal.valueOf(window.toMillis()).movePointLeft(3).divide(BigDecimal.valueOf(60), DIGITS);
            String each = new BigDecimal(number)
                    .divide(minutes, DIGITS)
                    .stripTrailingZeros()
                    .toPlainString();
            String than = sign.equalsIgnoreCase("at least") ? ">=" : sign.startsWith(">") ? sign : ">";
            return "average " + than + " " + each + " per minute over " + time;
        } catch (SyntaxProblem e) {
            return null;
        }
    }
}
