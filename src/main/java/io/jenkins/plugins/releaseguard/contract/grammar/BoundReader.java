// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.Sigma;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a threshold compares with. See {@link ThresholdParser}. */
final class BoundReader {
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
    private static final Pattern EVENTS = Pattern.compile(
            "(?i)(?:errors?|failures?|exceptions?|events?|restarts?|req|reqs|requests?|calls?|messages?|jobs?|orders?|transactions?)?"
                    + "\\s*(?:/\\s*|per\\s+|an?\\s+)([A-Z]+)");
    private static final Pattern SIGMA =
            Pattern.compile("(?i)(?:sigmas?|\\u03c3|std\\s?devs?|standard\\s+deviations?)(?![\\w])");
    private static final Pattern SIDE =
            Pattern.compile("(?i)(above|below|over|from)\\s+(?:the\\s+)?(?:baseline|it|mean|average)\\b");
    private static final Pattern ABOVE = Pattern.compile("(?i)(?:above|over)\\s+(it|(?:the\\s+)?baseline)\\b");

    private final Cursor cursor;

    BoundReader(Cursor cursor) {
        this.cursor = cursor;
    }

    Bound bound() throws SyntaxProblem {
        if (cursor.peekWord().equals("baseline")) {
            cursor.word();
            return aboveBaseline();
        }
        int start = cursor.offset();
        Amount amount = Amounts.read(cursor);
        String word = cursor.peekWord();
        if (amount.unit().isEmpty() && (word.equals("x") || word.equals("xbaseline") || cursor.peek() == '×')) {
            return timesBaseline(amount.value());
        }
        if (amount.unit().isEmpty() && cursor.match(SIGMA) != null) {
            Matcher side = cursor.match(SIDE);
            boolean below = side != null && side.group(1).equalsIgnoreCase("below");
            return sigma(amount.value(), below, start);
        }
        double perSecond = amount.unit().isEmpty() ? perSecond(amount.value()) : Double.NaN;
        if (!Double.isNaN(perSecond)) {
            return new Fixed(perSecond, "/s");
        }
        things(amount);
        Matcher above = cursor.match(ABOVE);
        return above == null ? new Fixed(amount.value(), amount.unit()) : above(amount, above.group(1), start);
    }

    /** {@code 20ms above it}. */
    private static Bound above(Amount amount, String word, int start) throws SyntaxProblem {
        if (amount.unit().equals("%") && !word.equalsIgnoreCase("it")) {
            String percent = ThresholdWriter.number(amount.value() * 100);
            throw new SyntaxProblem(
                    start,
                    "it is open what " + percent + "% above the baseline is: a share of it, or percentage points",
                    "a share of it is \"> " + ThresholdWriter.number(1 + amount.value())
                            + "x baseline\", points of a rate are > baseline + " + percent + "%");
        }
        return new AboveBaseline(amount.value(), amount.unit());
    }

    /** {@code 10 errors per minute} in events a second; NaN where no time follows. */
    private double perSecond(double value) {
        int start = cursor.offset();
        Matcher per = cursor.match(EVENTS);
        double seconds =
                per == null ? Double.NaN : Durations.seconds(per.group(1).toLowerCase(Locale.ROOT));
        if (Double.isNaN(seconds)) {
            cursor.back(start);
            return Double.NaN;
        }
        return value / seconds;
    }

    private static Bound sigma(double count, boolean below, int start) throws SyntaxProblem {
        if (!(count > 0)) {
            throw new SyntaxProblem(
                    start, "so many standard deviations are a number above 0", "for example > 3 sigma above baseline");
        }
        return new Sigma(below ? -count : count);
    }

    private Bound aboveBaseline() throws SyntaxProblem {
        boolean minus = cursor.peek() == '-';
        if (!cursor.take("+") && !cursor.take("-")) {
            return new AboveBaseline(0, "");
        }
        int start = cursor.offset();
        Amount amount = Amounts.read(cursor);
        if (amount.unit().isEmpty() && cursor.match(SIGMA) != null) {
            return sigma(amount.value(), minus, start);
        }
        things(amount);
        return new AboveBaseline(minus ? -amount.value() : amount.value(), amount.unit());
    }

    private Bound timesBaseline(double factor) throws SyntaxProblem {
        int x = cursor.offset();
        boolean taken = cursor.take("×") || cursor.take("x") || cursor.take("X");
        if (taken && cursor.peekWord().equals("the")) {
            cursor.word();
        }
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

    Bound burn() throws SyntaxProblem {
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
        int and = cursor.offset();
        if (!cursor.words("and") || !Character.isDigit(cursor.peek())) {
            // another condition, or nothing that can be read
            cursor.back(and);
            return new Burn(rate, first, null);
        }
        Duration second = window();
        return first.compareTo(second) >= 0 ? new Burn(rate, first, second) : new Burn(rate, second, first);
    }

    Duration window() throws SyntaxProblem {
        int start = cursor.offset();
        Duration window = Durations.read(cursor);
        if (window.isZero()) {
            throw new SyntaxProblem(start, "a window is longer than nothing", "for example 1h");
        }
        return window;
    }
}
