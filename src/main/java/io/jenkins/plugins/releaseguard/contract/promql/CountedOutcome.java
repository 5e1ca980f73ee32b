// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.LabelMatcher;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Literal;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a query is about what went well or what failed, by the labels and names that say so: status codes of HTTP (RFC 9110, section
 * 15) and gRPC, the words that Micrometer, Linkerd, Envoy and others have for the end of a request. It answers only where all that is
 * counted is of one sort.
 */
enum CountedOutcome {
    SUCCESSES,
    FAILURES,
    /** Both, or nothing says. */
    UNKNOWN;

    private static final List<String> ABOUT =
            List.of("code", "status", "outcome", "result", "success", "classification", "class", "exception", "error");

    private static final Set<String> WELL =
            Set.of("200", "201", "204", "2xx", "success", "SUCCESS", "successful", "succeeded", "ok", "OK", "Ok");
    private static final Set<String> BADLY = Set.of(
            "500",
            "502",
            "503",
            "504",
            "5xx",
            "error",
            "ERROR",
            "errors",
            "failure",
            "FAILURE",
            "failed",
            "SERVER_ERROR",
            "Internal",
            "INTERNAL",
            "Unavailable",
            "UNAVAILABLE",
            "Unknown",
            "DeadlineExceeded");

    private static final Set<String> GOOD_NAMES = Set.of("success", "successes", "successful", "succeeded", "good");
    private static final Set<String> BAD_NAMES = Set.of("error", "errors", "failure", "failures", "failed", "bad");

    /** Lower-case forms of nothing: no exception, no error. */
    private static final Set<String> NO = Set.of("", "none", "false", "0", "no");

    private static final int LONGEST_PATTERN = 500;

    CountedOutcome other() {
        return this == SUCCESSES ? FAILURES : this == FAILURES ? SUCCESSES : UNKNOWN;
    }

    static CountedOutcome of(QueryNode written) {
        QueryNode node = written.bare();
        if (node instanceof Selector s) {
            return selector(s);
        } else if (node instanceof Range r) {
            return of(r.of());
        } else if (node instanceof Aggregate a) {
            return of(a.of());
        } else if (node instanceof Call c) {
            return c.arguments().stream()
                    .map(CountedOutcome::of)
                    .filter(o -> o != UNKNOWN)
                    .findFirst()
                    .orElse(UNKNOWN);
        } else if (node instanceof Binary b) {
            return binary(b);
        }
        return UNKNOWN;
    }

    private static CountedOutcome binary(Binary b) {
        CountedOutcome left = of(b.left());
        CountedOutcome right = of(b.right());
        return switch (b.operator()) {
            case "+" -> left == right ? left : UNKNOWN;
            // all without what failed is what went well; 1 less a share likewise
            case "-" -> left == UNKNOWN && !isNothing(b.left()) ? right.other() : UNKNOWN;
            case "/" -> left != UNKNOWN && left != right ? left : UNKNOWN;
            case "*" -> isNumber(b.left()) ? right : isNumber(b.right()) ? left : UNKNOWN;
            case "or" -> isNumber(b.right()) || right == left ? left : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private static boolean isNothing(QueryNode node) {
        return node.bare() instanceof Literal l && l.value() == 0;
    }

    private static boolean isNumber(QueryNode node) {
        return node.bare() instanceof Literal
                || node.bare() instanceof Call c && c.function().equals("vector");
    }

    private static CountedOutcome selector(Selector s) {
        CountedOutcome found = UNKNOWN;
        for (LabelMatcher m : s.matchers()) {
            CountedOutcome of = label(m);
            if (of != UNKNOWN) {
                if (found != UNKNOWN && found != of) {
                    return UNKNOWN;
                }
                found = of;
            }
        }
        return found != UNKNOWN || s.matchers().stream().anyMatch(m -> isAbout(m.label())) ? found : name(s.name());
    }

    private static CountedOutcome name(String name) {
        List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split("[_:]"));
        boolean good = words.stream().anyMatch(GOOD_NAMES::contains);
        boolean bad = words.stream().anyMatch(BAD_NAMES::contains);
        return good == bad ? UNKNOWN : good ? SUCCESSES : FAILURES;
    }

    private static boolean isAbout(String label) {
        String name = label.toLowerCase(Locale.ROOT);
        return ABOUT.stream().anyMatch(name::contains);
    }

    private static CountedOutcome label(LabelMatcher m) {
        String name = m.label().toLowerCase(Locale.ROOT);
        if (!isAbout(name)) {
            return UNKNOWN;
        }
        boolean not = m.sign().startsWith("!");
        CountedOutcome of;
        if (m.sign().endsWith("~")) {
            of = pattern(m.value());
        } else if (name.contains("error") || name.contains("exception")) {
            of = yesOrNo(m.value(), FAILURES);
        } else if (name.contains("success")) {
            of = yesOrNo(m.value(), SUCCESSES);
        } else if (name.contains("grpc") && m.value().equals("0")) {
            of = SUCCESSES;
        } else {
            of = word(m.value());
        }
        return not ? of.other() : of;
    }

    /** Of a label that says yes to something, such as error="true" and exception="None". */
    private static CountedOutcome yesOrNo(String value, CountedOutcome yes) {
        String word = value.toLowerCase(Locale.ROOT);
        return NO.contains(word)
                ? yes.other()
                : word.equals("true") || word.equals("1") || word.equals("yes") ? yes : word(value);
    }

    private static CountedOutcome word(String value) {
        return WELL.contains(value) ? SUCCESSES : BADLY.contains(value) ? FAILURES : UNKNOWN;
    }

    private static CountedOutcome pattern(String value) {
        if (value.length() > LONGEST_PATTERN || value.indexOf('{') >= 0) {
            return UNKNOWN;
        }
        try {
            Pattern pattern = Pattern.compile(value);
            boolean well = WELL.stream().anyMatch(pattern::matches);
            boolean badly = BADLY.stream().anyMatch(pattern::matches);
            return well == badly ? UNKNOWN : well ? SUCCESSES : FAILURES;
        } catch (PatternSyntaxException e) {
            return UNKNOWN;
        }
    }
}
