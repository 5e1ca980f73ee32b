// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import io.jenkins.plugins.releaseguard.contract.promql.MetricName.Nature;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.LabelMatcher;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Literal;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Minus;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Paren;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Shift;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Derives of what a query's answer is, from its leaves up: a selector's name tells counter, bucket or gauge and the unit; functions
 * and operators make of it what the documentation of PromQL says. What mixes two dimensions is a {@link QueryProblem} at the place.
 */
final class QueryTypes {
    private final String text;
    private final FunctionTypes functions = new FunctionTypes(this);

    private QueryTypes(String text) {
        this.text = text;
    }

    static Typed of(String text, QueryNode node) throws QueryProblem {
        QueryTypes types = new QueryTypes(text);
        // a counter's scrapes of the look, which Prometheus doesn't answer with, and from which counts are made here
        return node.bare() instanceof Range range
                        && !range.subquery()
                        && range.shift().isNone()
                ? types.functions.rise("increase", range)
                : types.type(node);
    }

    Typed type(QueryNode node) throws QueryProblem {
        if (node instanceof Paren paren) {
            return type(paren.of());
        } else if (node instanceof Literal literal) {
            return Typed.number(literal.value());
        } else if (node instanceof Text) {
            return Typed.number(Double.NaN);
        } else if (node instanceof Minus minus) {
            return type(minus.of()).negated();
        } else if (node instanceof Selector selector) {
            return selector(selector);
        } else if (node instanceof Range range) {
            throw new QueryProblem(
                    range.at(),
                    "[" + range.window() + "] stands without a function, so the answer is raw scrapes and no number");
        } else if (node instanceof Call call) {
            return functions.type(call);
        } else if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        Binary binary = (Binary) node;
        return new BinaryTypes(binary).type(type(binary.left()), type(binary.right()));
    }

    private Typed selector(Selector s) throws QueryProblem {
        Shift shift = s.shift();
        if (!shift.fixed().isEmpty()) {
            throw new QueryProblem(s.at(), "@ " + shift.fixed() + " asks for the same moment at each look");
        }
        MetricName name = name(s);
        boolean buckets = name.nature() == Nature.BUCKETS && !oneBucket(s);
        Kind kind =
                switch (name.nature()) {
                    case COUNTER, BUCKETS -> Kind.COUNTER;
                    case GAUGE -> Kind.GAUGE;
                    case INFO -> Kind.TRUTH;
                    case RULE -> Kind.RULE;
                    case NAME -> Kind.NAME;
                };
        String unit = name.nature() == Nature.BUCKETS && !buckets ? MetricName.EVENTS : name.unit();
        return Typed.of(
                new Dimension(kind, unit, null, 0, shift.offset(), buckets),
                shift.isNone() ? List.of(new Term(1, text.substring(s.at(), s.close()), false)) : null);
    }

    /** A bucket by its bound counts the requests up to it. */
    private static boolean oneBucket(Selector s) {
        LabelMatcher le = s.matcher("le");
        return le != null && le.sign().equals("=");
    }

    /** Of several names what all have in common. */
    private static MetricName name(Selector s) {
        LabelMatcher pattern = s.matcher("__name__");
        if (!s.name().isEmpty() || pattern == null || !pattern.sign().equals("=~")) {
            return MetricName.of(s.name());
        }
        Set<MetricName> names =
                Arrays.stream(pattern.value().split("\\|")).map(MetricName::of).collect(Collectors.toSet());
        return names.size() == 1 ? names.iterator().next() : new MetricName(Nature.NAME, "");
    }

    private Typed aggregate(Aggregate a) throws QueryProblem {
        Typed of = type(a.of());
        if (a.parameter() != null) {
            type(a.parameter());
        }
        boolean one = a.grouping().isEmpty()
                || a.grouping().equals("by") && a.labels().isEmpty();
        boolean withoutLe = a.grouping().equals("without") == a.labels().contains("le");
        Typed all = of.aggregated(one, withoutLe);
        return switch (a.operator()) {
            case "sum" -> of.kind() == Kind.RATIO && !of.single() ? Typed.of(Kind.GAUGE, "") : all;
            case "count", "count_values" -> Typed.of(Kind.GAUGE, "series").aggregated(one, false);
            case "group" -> Typed.of(Kind.TRUTH, "").aggregated(one, false);
            default -> of.dimension().isCount() && !of.single() ? ofSeries(a, of, all) : all.evaluated();
        };
    }

    private static Typed ofSeries(Aggregate a, Typed of, Typed all) throws QueryProblem {
        if (of.kind() == Kind.COUNTER) {
            throw new QueryProblem(
                    a.at(), a.operator() + " of counters speaks of all that was counted since each process began");
        }
        return all.spoiled(a.operator() + " picks from the series or mixes them, where a count is their sum");
    }
}
