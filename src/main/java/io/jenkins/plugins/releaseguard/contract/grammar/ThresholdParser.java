// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The threshold language:
 *
 * <pre>
 * threshold  = comparison bound [ "of" things ] [ "for" duration ] [ note ]
 *            | "burn" comparison number "over" duration [ "and" duration ] [ "for" duration ] [ note ]
 * comparison = "&gt;" | "&gt;=" | "&lt;" | "&lt;=" | "="
 * bound      = number [ unit ] | number "x" "baseline" | "baseline" [ ( "+" | "-" ) number [ unit ] ]
 * note       = "(" anything ")"
 * </pre>
 */
public final class ThresholdParser {
    private static final Set<String> THINGS = Set.of(
            "requests",
            "responses",
            "calls",
            "users",
            "sessions",
            "transactions",
            "messages",
            "jobs",
            "orders",
            "tests");
    private static final String EXAMPLES = "for example \">2% of requests for 5 minutes\", \"> 500ms for 5m\", "
            + "\"> baseline + 1%\", \"> 1.5x baseline\" or \"burn > 14.4 over 1h and 5m\"";
    private static final int LONGEST = 300;

    private final Cursor cursor;

    private ThresholdParser(String text) {
        this.cursor = new Cursor(text);
    }

    /** @throws ContractException whose problem points at the column where the text stops making sense */
    public static Threshold parse(String text, Position at) throws ContractException {
        try {
            return parse(text);
        } catch (SyntaxProblem e) {
            throw new ContractException(List.of(e.at(ReadRule.THRESHOLD, at)));
        }
    }

    public static Threshold parse(String text) throws SyntaxProblem {
        if (text.length() > LONGEST) {
            throw new SyntaxProblem(0, "a threshold is at most " + LONGEST + " characters long", EXAMPLES);
        }
        return new ThresholdParser(text).threshold(text.strip());
    }

    private Threshold threshold(String text) throws SyntaxProblem {
        boolean burn = cursor.peekWord().equals("burn");
        if (burn) {
            cursor.word();
        }
        int sign = cursor.offset();
        Comparison comparison = comparison();
        if (burn && comparison != Comparison.GREATER && comparison != Comparison.GREATER_OR_EQUAL) {
            throw new SyntaxProblem(sign, "a burn rate is a harm only when it is too high", "write burn > or burn >=");
        }
        Bound bound = burn ? burn() : bound();
        Duration sustained = Duration.ZERO;
        if (cursor.peekWord().equals("for")) {
            cursor.word();
            sustained = Durations.read(cursor);
        }
        String note = cursor.peek() == '(' ? cursor.note() : "";
        if (note == null || !cursor.end()) {
            throw unreadable();
        }
        return new Threshold(text, comparison, bound, sustained, note);
    }

    private SyntaxProblem unreadable() {
        String word = cursor.peekWord();
        String fix =
                switch (word) {
                    case "during", "in", "within", "over", "sustained", "if" ->
                        "write 'for' before the time: > 2% for 5m";
                    case "and", "or" -> "one condition an entry: make a second Rollback entry for the other";
                    case "x" -> "write what it is a multiple of: > 1.5x baseline";
                    default -> cursor.peek() == '(' ? "close the note with ) at the end" : EXAMPLES;
                };
        return new SyntaxProblem(cursor.offset(), "can't read the threshold from '" + cursor.rest() + "' on", fix);
    }

    private Comparison comparison() throws SyntaxProblem {
        // the longer signs first
        if (cursor.take(">=") || cursor.take("≥")) {
            return Comparison.GREATER_OR_EQUAL;
        }
        if (cursor.take("<=") || cursor.take("≤")) {
            return Comparison.LESS_OR_EQUAL;
        }
        if (cursor.take(">")) {
            return Comparison.GREATER;
        }
        if (cursor.take("<")) {
            return Comparison.LESS;
        }
        if (cursor.take("==") || cursor.take("=")) {
            return Comparison.EQUAL;
        }
        throw new SyntaxProblem(
                cursor.offset(),
                (cursor.end() ? "a threshold is empty" : "'" + cursor.rest() + "' does not start with a comparison"),
                "start with >, >=, <, <= or =, " + EXAMPLES);
    }

    private Bound bound() throws SyntaxProblem {
        if (cursor.peekWord().equals("baseline")) {
            cursor.word();
            return aboveBaseline();
        }
        Amount amount = Amounts.read(cursor);
        String word = cursor.peekWord();
        if (amount.unit().isEmpty() && (word.equals("x") || word.equals("xbaseline") || cursor.peek() == '×')) {
            return timesBaseline(amount.value());
        }
        things(amount);
        return new Fixed(amount.value(), amount.unit());
    }

    private Bound aboveBaseline() throws SyntaxProblem {
        boolean minus = cursor.peek() == '-';
        if (!cursor.take("+") && !cursor.take("-")) {
            return new AboveBaseline(0, "");
        }
        Amount amount = Amounts.read(cursor);
        things(amount);
        return new AboveBaseline(minus ? -amount.value() : amount.value(), amount.unit());
    }

    private Bound timesBaseline(double factor) throws SyntaxProblem {
        int x = cursor.offset();
        boolean taken = cursor.take("×") || cursor.take("x") || cursor.take("X");
        if (!taken || !cursor.peekWord().equals("baseline")) {
            throw new SyntaxProblem(x, "a multiple of what?", "write what it is a multiple of: > 1.5x baseline");
        }
        cursor.word();
        if (factor <= 0) {
            throw new SyntaxProblem(x, "a multiple of the baseline is above 0", "for example > 1.5x baseline");
        }
        return new TimesBaseline(factor);
    }

    /** {@code of requests}: says what the percentage is of, and is only for people. */
    private void things(Amount amount) throws SyntaxProblem {
        if (!cursor.peekWord().equals("of")) {
            return;
        }
        int of = cursor.offset();
        cursor.word();
        if (cursor.peekWord().equals("all") || cursor.peekWord().equals("the")) {
            cursor.word();
        }
        int thing = cursor.offset();
        String word = cursor.word();
        if (word.equals("baseline")) {
            throw new SyntaxProblem(
                    of, "a share of the baseline is written as a multiple", "150% of baseline is > 1.5x baseline");
        }
        if (!amount.unit().equals("%")) {
            throw new SyntaxProblem(of, "only a percentage is 'of' something", "put % after the number");
        }
        if (!THINGS.contains(word)) {
            throw new SyntaxProblem(
                    thing,
                    "a percentage of what? '" + Cursor.shorten(word) + "' is not known",
                    "one of " + String.join(", ", THINGS.stream().sorted().toList())
                            + "; anything else belongs in a note in parentheses");
        }
    }

    private Bound burn() throws SyntaxProblem {
        int start = cursor.offset();
        double rate = cursor.number();
        if (!(rate > 0)) {
            throw new SyntaxProblem(start, "a burn rate is a number above 0", "for example burn > 14.4 over 1h and 5m");
        }
        if (!cursor.peekWord().equals("over")) {
            throw new SyntaxProblem(
                    cursor.offset(), "a burn rate needs its window", "for example burn > 14.4 over 1h and 5m");
        }
        cursor.word();
        Duration first = window();
        if (!cursor.peekWord().equals("and")) {
            return new Burn(rate, first, null);
        }
        cursor.word();
        Duration second = window();
        return first.compareTo(second) >= 0 ? new Burn(rate, first, second) : new Burn(rate, second, first);
    }

    private Duration window() throws SyntaxProblem {
        int start = cursor.offset();
        Duration window = Durations.read(cursor);
        if (window.isZero()) {
            throw new SyntaxProblem(start, "a window is longer than nothing", "for example 1h");
        }
        return window;
    }
}
