// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.carry.PromTokens.Selector;
import io.jenkins.plugins.releaseguard.contract.carry.PromTokens.Token;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of number a PromQL expression makes: a ratio of counters' rises, a quantile of a histogram, or another.
 *
 * @param kind ratio, quantile or other
 * @param first of a ratio what is above the line, of a quantile its buckets, counted over the look; of another the expression
 * @param second of a ratio what is below the line, counted over the look
 * @param inverted the expression is 1 (or 100) less the ratio
 * @param factor what the ratio or quantile is multiplied with
 * @param quantile from 0 to 1
 * @param window how far it looks back, null where that isn't known
 * @param instant whether it looks at the last two scrapes of it alone
 */
record PromShape(
        Kind kind,
        String first,
        String second,
        boolean inverted,
        BigDecimal factor,
        BigDecimal quantile,
        Duration window,
        boolean instant) {
    enum Kind {
        RATIO,
        QUANTILE,
        OTHER
    }

    private static final Pattern AMOUNT =
            Pattern.compile("(?:_sum|(?:bytes|seconds|milliseconds|ms|duration|latency|time)(?:_total)?)$");

    private static final Set<String> RISES = Set.of("rate", "increase", "irate");

    /** What is said where nothing is measured: {@code or vector(1)}, at the end of the whole. */
    private static final Pattern DEFAULT =
            Pattern.compile("(?:on\\s*+\\(\\s*+\\)\\s*+)?vector\\s*+\\(\\s*+[-+.\\d]++\\s*+\\)");

    private static final Pattern NONE = Pattern.compile("(?:on\\s*+\\(\\s*+\\)\\s*+)?vector\\s*+\\(\\s*+0\\s*+\\)");

    /** The query without what it says of silence; the same where it says nothing. */
    static String said(String query) {
        String bare = PromTokens.bare(query);
        List<String> parts = new PromTokens(bare).split("or");
        boolean silent = parts.size() == 2
                && DEFAULT.matcher(PromTokens.bare(parts.get(1))).matches();
        return silent && parts.get(0).contains("/") ? parts.get(0) : query;
    }

    static PromShape of(String query) {
        Duration window = window(query);
        boolean instant = new PromTokens(query).all().stream().anyMatch(t -> t.is("irate"));
        BigDecimal factor = BigDecimal.ONE;
        // what the whole is, where the ratio is taken off it: 1, or 100 of percents
        BigDecimal top = null;
        String rest = PromTokens.bare(said(query));
        for (int i = 0; i < 5; i++) {
            PromTokens tokens = new PromTokens(rest);
            List<String> less = tokens.split("-");
            BigDecimal whole = less.size() == 2 && !tokens.has("+", "or") ? Numbers.of(less.get(0)) : null;
            if (whole != null && top == null) {
                top = whole.multiply(factor);
                rest = PromTokens.bare(less.get(1));
                continue;
            }
            List<String> over = tokens.split("/");
            BigDecimal divisor = over.size() == 2 && !tokens.has("+", "-", "or", "*") ? Numbers.of(over.get(1)) : null;
            if (divisor != null && divisor.signum() > 0) {
                factor = factor.divide(divisor, 15, RoundingMode.HALF_EVEN).stripTrailingZeros();
                rest = PromTokens.bare(over.get(0));
                continue;
            }
            String inner = times(tokens);
            if (inner == null || tokens.has("+", "-", "or")) {
                break;
            }
            List<String> parts = tokens.split("*");
            factor = factor.multiply(Numbers.of(parts.get(0).equals(inner) ? parts.get(1) : parts.get(0)));
            rest = PromTokens.bare(inner);
        }
        PromTokens tokens = new PromTokens(rest);
        List<String> parts = tokens.split("/");
        if (parts.size() == 2 && !tokens.has("+", "-", "*", "or", "and", "unless", ">", "<", ">=", "<=", "==", "!=")) {
            String above = counted(parts.get(0), 0);
            String below = counted(PromFloor.of(parts.get(1)).inner(), 0);
            boolean share = (top == null || top.compareTo(factor) == 0) && factor.signum() > 0 && ranges(query) == 1;
            if (above != null && below != null && share && !mean(above)) {
                return new PromShape(Kind.RATIO, above, below, top != null, factor, null, window, instant);
            }
        }
        PromShape quantile = top != null ? null : quantile(tokens, rest, factor, window);
        return quantile != null
                ? quantile
                : new PromShape(Kind.OTHER, query, "", false, BigDecimal.ONE, null, window, instant);
    }

    /** A sum of times or sizes by a number of requests is a mean, and no share of them. */
    private static boolean mean(String above) {
        return new PromTokens(above)
                .selectors().stream().anyMatch(s -> AMOUNT.matcher(s.name()).find());
    }

    /** The one factor that is no number, where the other is one; else null. */
    private static String times(PromTokens tokens) {
        List<String> parts = tokens.split("*");
        // a / b * 100 is read from left to right, and 100 * a / b comes to the same
        if (parts.size() != 2) {
            return null;
        }
        return Numbers.of(parts.get(1)) != null ? parts.get(0) : Numbers.of(parts.get(0)) != null ? parts.get(1) : null;
    }

    /** The rise of counters over a look; null where it is anything else. */
    private static String counted(String text, int depth) {
        String rest = PromTokens.bare(text);
        PromTokens tokens = new PromTokens(rest);
        List<Token> all = tokens.all();
        if (depth > 10 || all.size() < 3) {
            return null;
        }
        List<String> or = tokens.split("or");
        if (or.size() == 2 && NONE.matcher(PromTokens.bare(or.get(1))).matches()) {
            String first = counted(or.get(0), depth + 1);
            return first == null ? null : first + " or vector(0)";
        }
        List<String> plus = tokens.split("+");
        if (plus.size() > 1 && !tokens.has("*", "/", "or")) {
            return joined(plus, " + ", depth);
        }
        List<String> minus = tokens.split("-");
        if (minus.size() > 1 && !tokens.has("+", "*", "/", "or")) {
            return joined(minus, " - ", depth);
        }
        String inside = sum(tokens, rest);
        return inside != null ? rise(inside, "sum") : rise(rest, "sum");
    }

    private static String joined(List<String> parts, String sign, int depth) {
        List<String> all = new ArrayList<>();
        for (String part : parts) {
            String one = counted(part, depth + 1);
            if (one == null || one.contains(" or ")) {
                return null;
            }
            all.add(one);
        }
        return String.join(sign, all);
    }

    /**
     * A counter's rise over the look: of a query that makes it over a fixed time, or of the counter's selector alone.
     *
     * @return null where it is neither
     */
    static String rises(String query) {
        String bare = PromTokens.bare(query);
        PromTokens tokens = new PromTokens(bare);
        List<Selector> selectors = tokens.selectors();
        String whole = sum(tokens, bare);
        String inner = PromTokens.bare(whole == null ? bare : whole);
        List<Selector> own = new PromTokens(inner).selectors();
        boolean counter = selectors.size() == 1
                && own.size() == 1
                && own.get(0).start() == 0
                && own.get(0).end() == inner.length();
        return counter ? "sum(increase(" + inner + "[$window]))" : counted(query, 0);
    }

    /** What of {@code total} is not in {@code good}, both counted over the look. */
    static String rest(String good, String total) {
        return new PromShape(Kind.RATIO, good, total, false, BigDecimal.ONE, null, null, false).rest();
    }

    /** What a sum adds up, its grouping left out; null where it is no sum. */
    private static String sum(PromTokens tokens, String text) {
        List<Token> all = tokens.all();
        if (all.size() < 3 || !all.get(0).text().equalsIgnoreCase("sum")) {
            return null;
        }
        int open = 1;
        if (all.size() > 4 && Set.of("by", "without").contains(all.get(1).text().toLowerCase(Locale.ROOT))) {
            open = tokens.closing(2) + 1;
        }
        if (open < 1 || open >= all.size() || !all.get(open).is("(")) {
            return null;
        }
        int close = tokens.closing(open);
        boolean after = close > 0 && close + 1 < all.size();
        boolean grouped = after
                && Set.of("by", "without").contains(all.get(close + 1).text().toLowerCase(Locale.ROOT))
                && close + 2 < all.size()
                && tokens.closing(close + 2) == all.size() - 1;
        return close < 0 || after && !grouped
                ? null
                : text.substring(all.get(open).end(), all.get(close).start()).strip();
    }

    private static String rise(String text, String sum) {
        String rest = PromTokens.bare(text);
        PromTokens tokens = new PromTokens(rest);
        List<Token> all = tokens.all();
        List<Selector> selectors = tokens.selectors();
        boolean call = all.size() >= 5
                && RISES.contains(all.get(0).text())
                && all.get(1).is("(")
                && tokens.closing(1) == all.size() - 1;
        if (!call || selectors.size() != 1 || !all.get(all.size() - 2).text().startsWith("[")) {
            return null;
        }
        Token range = all.get(all.size() - 2);
        Selector selector = selectors.get(0);
        if (range.text().contains(":")
                || !rest.substring(selector.end(), range.start()).isBlank()
                || selector.start() < all.get(1).end()
                || !rest.substring(all.get(1).end(), selector.start()).isBlank()) {
            return null;
        }
        return sum + "(increase(" + rest.substring(selector.start(), selector.end()) + "[$window]))";
    }

    private static PromShape quantile(PromTokens tokens, String text, BigDecimal factor, Duration window) {
        List<Token> all = tokens.all();
        if (all.size() < 6
                || !all.get(0).is("histogram_quantile")
                || !all.get(1).is("(")
                || tokens.closing(1) != all.size() - 1) {
            return null;
        }
        List<String> arguments = new PromTokens(
                        text.substring(all.get(1).end(), all.get(all.size() - 1).start()))
                .split(",");
        BigDecimal quantile = Numbers.of(arguments.get(0));
        if (arguments.size() != 2
                || quantile == null
                || quantile.signum() <= 0
                || quantile.compareTo(BigDecimal.ONE) >= 0) {
            return null;
        }
        String buckets = PromTokens.bare(arguments.get(1));
        PromTokens inner = new PromTokens(buckets);
        if (inner.all().isEmpty()) {
            return null;
        }
        String added = sum(inner, buckets);
        boolean classic = buckets.contains("_bucket");
        String rise = rise(added == null ? buckets : added, classic ? "sum by (le) " : "sum");
        boolean instant = inner.all().stream().anyMatch(t -> t.is("irate"));
        return rise == null ? null : new PromShape(Kind.QUANTILE, rise, "", false, factor, quantile, window, instant);
    }

    private static List<String> rangesOf(String query) {
        return new PromTokens(query)
                .all().stream()
                        .map(Token::text)
                        .filter(t -> t.startsWith("["))
                        .distinct()
                        .toList();
    }

    private static int ranges(String query) {
        return rangesOf(query).size();
    }

    /** The one range that all have; null where there are several, or none. */
    private static Duration window(String query) {
        List<String> ranges = rangesOf(query);
        return ranges.size() == 1
                ? Numbers.time(ranges.get(0).substring(1, ranges.get(0).length() - 1))
                : null;
    }

    /** What of a ratio's second is not in its first; one condition turned around where that is all the difference. */
    String rest() {
        PromTokens part = new PromTokens(first);
        PromTokens whole = new PromTokens(second);
        if (part.selectors().size() == 1 && whole.selectors().size() == 1 && !first.contains(" or ")) {
            Selector a = part.selectors().get(0);
            Selector b = whole.selectors().get(0);
            List<String> more = new ArrayList<>(new PromTokens(a.matchers()).split(","));
            List<String> same = new PromTokens(b.matchers())
                    .split(",").stream().filter(m -> !m.isEmpty()).toList();
            boolean all = same.stream().allMatch(more::remove);
            if (a.name().equals(b.name()) && all && more.size() == 1) {
                String turned = turned(more.get(0));
                if (turned != null) {
                    String matchers = same.isEmpty() ? turned : String.join(",", same) + "," + turned;
                    return "sum(increase(" + a.name() + "{" + matchers + "}[$window]))";
                }
            }
        }
        return second + " - " + (first.contains(")) ") || first.contains(" or ") ? "(" + first + ")" : first);
    }

    private static String turned(String matcher) {
        List<Token> tokens = new PromTokens(matcher).all();
        if (tokens.size() != 3) {
            return null;
        }
        String sign =
                switch (tokens.get(1).text()) {
                    case "=" -> "!=";
                    case "!=" -> "=";
                    case "=~" -> "!~";
                    case "!~" -> "=~";
                    default -> null;
                };
        return sign == null ? null : tokens.get(0).text() + sign + tokens.get(2).text();
    }
}
