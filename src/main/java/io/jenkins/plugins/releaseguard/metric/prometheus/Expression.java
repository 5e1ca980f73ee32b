// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contract's query, and whether its counts can be taken from raw scrapes: that is so for a counter's selector, alone or in
 * {@code increase(…[$window])} or {@code rate(…[$window])}, in a {@code sum} or not. Whatever else it is, Prometheus evaluates it.
 *
 * @param selector the counter's selector with {@code $track} still in it; null where Prometheus must evaluate the whole
 * @param increase whether {@code increase} stands around the selector
 * @param emptyIsZero {@code or vector(0)} stands behind it
 */
record Expression(String text, String selector, boolean increase, boolean emptyIsZero) {
    private static final int LIMIT = 4000;
    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`";
    private static final String BRACES = "\\{(?:[^\"'`{}]|" + STRING + ")*+\\}";
    private static final String SELECTOR =
            "(?<sel>(?:[a-zA-Z_:$][a-zA-Z0-9_:$]*+\\s*+(?:" + BRACES + ")?|" + BRACES + "))";
    private static final String RISE =
            "(?<how>increase|rate)\\s*\\(\\s*" + SELECTOR + "\\s*\\[\\s*\\$window\\s*]\\s*\\)";
    private static final String BY = "(?:by\\s*\\([\\w\\s,]*\\)\\s*)?";
    private static final List<Pattern> COUNTERS = List.of(
            Pattern.compile(SELECTOR),
            Pattern.compile(RISE),
            Pattern.compile("sum\\s*" + BY + "\\(\\s*" + RISE + "\\s*\\)\\s*" + BY),
            Pattern.compile("sum\\s*" + BY + "\\(\\s*" + SELECTOR + "\\s*\\)\\s*" + BY));
    private static final Pattern OR_ZERO = Pattern.compile("(?s)(.*\\S)\\s+or\\s+vector\\(\\s*0(?:\\.0)?\\s*\\)\\s*");
    private static final Pattern MATCHER =
            Pattern.compile("(?<![a-zA-Z0-9_])([a-zA-Z_][a-zA-Z0-9_]*+)\\s*+(=~|!~|!=|=)\\s*(" + STRING + ")");

    private static final Pattern NATIVE = Pattern.compile("\\A\\(*+\\s*+sum\\b");
    private static final Pattern LE = Pattern.compile("\\ble\\b");

    static Expression of(String query) {
        String text = query.strip();
        Matcher orZero = OR_ZERO.matcher(text);
        boolean emptyIsZero = text.length() <= LIMIT && orZero.matches();
        String inner = emptyIsZero ? orZero.group(1).strip() : text;
        // brackets around the whole of what stands before `or`
        while (inner.startsWith("(") && inner.endsWith(")")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        for (Pattern pattern : COUNTERS) {
            Matcher matcher = pattern.matcher(inner);
            if (inner.length() <= LIMIT && matcher.matches()) {
                boolean increase = pattern.pattern().contains("(?<how>") && "increase".equals(matcher.group("how"));
                return new Expression(text, matcher.group("sel").strip(), increase, emptyIsZero);
            }
        }
        return new Expression(text, null, false, emptyIsZero);
    }

    /** The counters whose rises make a query's count, in its order. */
    static List<Expression> terms(QueryReading query) {
        return query.terms().stream()
                .map(term -> new Expression(query.text(), term.selector(), false, term.orZero()))
                .toList();
    }

    boolean isCounter() {
        return selector != null;
    }

    /**
     * Whether it asks for a native histogram's rise: classic buckets end in {@code _bucket} or are summed by {@code le}, and without it
     * nothing of them would be left.
     */
    boolean isNative() {
        return isCounter()
                && increase
                && NATIVE.matcher(text).lookingAt()
                && !metricName().endsWith("_bucket")
                && !LE.matcher(text).find();
    }

    /** Whether it can't be of classic buckets, so that native histograms may be what it answers. */
    boolean mayBeNative() {
        return !text.contains("_bucket") && !LE.matcher(text).find();
    }

    boolean isBareSelector() {
        return text.equals(selector);
    }

    boolean namesTrack() {
        return text.contains("$track");
    }

    static String fill(String query, String track, Duration window) {
        return query.replace("$track", track).replace("$window", millis(window));
    }

    /** As PromQL writes a duration. */
    static String millis(Duration d) {
        long millis = d.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** The metric's name, empty if only matchers stand there. */
    String metricName() {
        int brace = selector.indexOf('{');
        return (brace < 0 ? selector : selector.substring(0, brace)).strip();
    }

    /** Labels that must have a certain value for a series to be selected. */
    List<String> demandedLabels() {
        return matchers().stream()
                .filter(m -> m.sign().startsWith("=") && m.value().length() > 2)
                .map(LabelMatcher::label)
                .toList();
    }

    /** The matchers that tell the variants apart, as they stand, for other series of the same targets; empty if there are none. */
    String trackMatchers() {
        return String.join(
                ",",
                matchers().stream()
                        .filter(m -> m.value().contains("$track"))
                        .map(m -> m.label() + m.sign() + m.value())
                        .toList());
    }

    private record LabelMatcher(String label, String sign, String value) {}

    private List<LabelMatcher> matchers() {
        List<LabelMatcher> found = new ArrayList<>();
        int brace = selector.indexOf('{');
        Matcher matcher = MATCHER.matcher(brace < 0 ? "" : selector.substring(brace));
        while (matcher.find()) {
            found.add(new LabelMatcher(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return found;
    }
}
