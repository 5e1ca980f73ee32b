// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Literal;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Minus;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Paren;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Text;
import io.jenkins.plugins.releaseguard.contract.promql.QueryToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads PromQL as Prometheus' own documentation has it ("Querying basics", "Operators", "Query functions"): selectors with matchers,
 * ranges, subqueries, {@code offset} and {@code @}, functions, aggregations with {@code by} and {@code without}, binary operators with their
 * precedence and vector matching. Each token is read once; what nests too deep or is too long is refused. {@code $window} is a duration,
 * {@code $track} may stand in names.
 */
public final class QueryParser {
    static final int LONGEST = 4000;
    private static final int DEEPEST = 64;

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("unless", 2),
            Map.entry("==", 3),
            Map.entry("!=", 3),
            Map.entry("<=", 3),
            Map.entry("<", 3),
            Map.entry(">=", 3),
            Map.entry(">", 3),
            Map.entry("+", 4),
            Map.entry("-", 4),
            Map.entry("*", 5),
            Map.entry("/", 5),
            Map.entry("%", 5),
            Map.entry("atan2", 5),
            Map.entry("^", 6));
    private static final int POWER = 6;
    static final Set<String> AGGREGATORS = Set.of(
            "sum",
            "avg",
            "min",
            "max",
            "count",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "quantile",
            "count_values",
            "limitk",
            "limit_ratio");
    private static final Set<String> WITH_PARAMETER =
            Set.of("topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio");

    private final QueryTokens in;
    private final SelectorParser selectors;
    private int depth;

    private QueryParser(QueryTokens in) {
        this.in = in;
        this.selectors = new SelectorParser(in);
    }

    /** @throws QueryProblem with the offset of what can't be read */
    public static QueryNode parse(String text) throws QueryProblem {
        if (text.length() > LONGEST) {
            throw new QueryProblem(
                    LONGEST, "the query is longer than " + LONGEST + " characters, the most that is read");
        }
        QueryParser parser = new QueryParser(new QueryTokens(QueryLexer.tokens(text)));
        QueryNode node = parser.expression(0);
        if (parser.in.peek().type() != Type.END) {
            throw parser.in.unexpected("an operator or the end");
        }
        return node;
    }

    private QueryNode expression(int least) throws QueryProblem {
        if (++depth > DEEPEST) {
            throw new QueryProblem(in.peek().at(), "the query is nested deeper than " + DEEPEST + " levels");
        }
        QueryNode left = unary();
        for (String operator = operator();
                operator != null && PRECEDENCE.get(operator) >= least;
                operator = operator()) {
            int sign = in.take().at();
            boolean bool = in.takeWord("bool");
            matching();
            int precedence = PRECEDENCE.get(operator);
            // only ^ goes from right to left
            QueryNode right = expression(operator.equals("^") ? precedence : precedence + 1);
            left = new Binary(operator, bool, left, right, sign, left.at(), right.end());
        }
        depth--;
        return left;
    }

    private String operator() {
        QueryToken token = in.peek();
        String text = token.text().toLowerCase(Locale.ROOT);
        boolean may = token.type() == Type.SIGN || token.type() == Type.NAME;
        return may && PRECEDENCE.containsKey(text) ? text : null;
    }

    private void matching() throws QueryProblem {
        if (in.takeWord("on") || in.takeWord("ignoring")) {
            labels();
            if (in.takeWord("group_left") || in.takeWord("group_right")) {
                if (in.peek().is("(")) {
                    labels();
                }
            }
        }
    }

    private List<String> labels() throws QueryProblem {
        in.expect("(");
        List<String> labels = new ArrayList<>();
        while (!in.take(")")) {
            QueryToken label = in.take();
            if (label.type() != Type.NAME && label.type() != Type.STRING) {
                throw new QueryProblem(label.at(), "a label's name should stand here, not " + label.shown());
            }
            labels.add(label.text());
            if (!in.peek().is(")")) {
                in.expect(",");
            }
        }
        return labels;
    }

    private QueryNode unary() throws QueryProblem {
        QueryToken token = in.peek();
        if (in.take("-") || in.take("+")) {
            QueryNode of = expression(POWER);
            return token.is("+") ? of : new Minus(of, token.at(), of.end());
        }
        return selectors.behind(primary());
    }

    private QueryNode primary() throws QueryProblem {
        QueryToken token = in.peek();
        switch (token.type()) {
            case NUMBER, DURATION -> {
                in.take();
                return new Literal(value(token), token.at(), token.end());
            }
            case STRING -> {
                in.take();
                return new Text(token.text(), token.at(), token.end());
            }
            case NAME -> {
                return named(token);
            }
            default -> {
                if (token.is("{")) {
                    return selectors.selector();
                }
                if (!in.take("(")) {
                    throw in.unexpected("a metric, a function or a number");
                }
                QueryNode of = expression(0);
                return new Paren(of, token.at(), in.expect(")").end());
            }
        }
    }

    private QueryNode named(QueryToken token) throws QueryProblem {
        String word = token.text().toLowerCase(Locale.ROOT);
        QueryToken behind = in.peekSecond();
        if (AGGREGATORS.contains(word) && (behind.is("(") || behind.isWord("by") || behind.isWord("without"))) {
            return aggregate(word);
        }
        if (behind.is("(")) {
            in.take();
            return call(token);
        }
        if (word.equals("inf") || word.equals("nan")) {
            in.take();
            return new Literal(word.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN, token.at(), token.end());
        }
        return selectors.selector();
    }

    private QueryNode call(QueryToken name) throws QueryProblem {
        List<QueryNode> arguments = arguments();
        return new Call(name.text(), arguments, name.at(), in.last().end());
    }

    private List<QueryNode> arguments() throws QueryProblem {
        in.expect("(");
        List<QueryNode> arguments = new ArrayList<>();
        while (!in.take(")")) {
            arguments.add(expression(0));
            if (!in.peek().is(")")) {
                in.expect(",");
            }
        }
        return arguments;
    }

    private QueryNode aggregate(String operator) throws QueryProblem {
        int at = in.take().at();
        String grouping = grouping();
        List<String> labels = grouping.isEmpty() ? List.of() : labels();
        List<QueryNode> arguments = arguments();
        if (grouping.isEmpty()) {
            grouping = grouping();
            labels = grouping.isEmpty() ? List.of() : labels();
        }
        int wanted = WITH_PARAMETER.contains(operator) ? 2 : 1;
        if (arguments.size() != wanted) {
            throw new QueryProblem(
                    at, operator + " takes " + (wanted == 1 ? "one argument" : "a parameter and an argument"));
        }
        return new Aggregate(
                operator,
                grouping,
                labels,
                wanted == 2 ? arguments.get(0) : null,
                arguments.get(wanted - 1),
                at,
                in.last().end());
    }

    private String grouping() {
        return in.takeWord("by") ? "by" : in.takeWord("without") ? "without" : "";
    }

    private static double value(QueryToken token) throws QueryProblem {
        String text = token.text().replace("_", "");
        if (token.type() == Type.DURATION) {
            if (text.startsWith("$")) {
                throw new QueryProblem(
                        token.at(),
                        "$window becomes a duration such as 5s, which can't be reckoned with; write [$window]");
            }
            return Spans.seconds(text);
        }
        return text.startsWith("0x") || text.startsWith("0X")
                ? Long.parseUnsignedLong(text.substring(2, Math.min(text.length(), 17)), 16)
                : Double.parseDouble(text);
    }
}
