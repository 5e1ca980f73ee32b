// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.MetricName.Nature;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Literal;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Minus;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import java.util.ArrayList;
import java.util.List;

/** Writes the query that would do from what stands in one that doesn't. */
final class QueryFixes {
    private static final int LONGEST = QueryParser.LONGEST / 2;

    private final String text;

    QueryFixes(String text) {
        this.text = text;
    }

    /** The counters of a query, in its sums and differences, as their increase over the look; null where none is found. */
    String count(QueryNode written) {
        QueryNode node = written.bare();
        if (node instanceof Aggregate a) {
            return count(a.of());
        } else if (node instanceof Range r) {
            return count(r.of());
        } else if (node instanceof Minus m) {
            return count(m.of());
        } else if (node instanceof Selector s) {
            return increase(s);
        } else if (node instanceof Binary b) {
            return binary(b);
        } else if (node instanceof Call c) {
            for (QueryNode argument : c.arguments()) {
                String count = count(argument);
                if (count != null) {
                    return count;
                }
            }
        }
        return null;
    }

    private String binary(Binary b) {
        String left = count(b.left());
        String right = count(b.right());
        return switch (b.operator()) {
            case "+", "-" ->
                left == null || left.length() > LONGEST
                        ? right
                        : right == null || right.length() > LONGEST ? left : left + ' ' + b.operator() + ' ' + right;
            case "or" -> left == null ? right : isZero(b.right()) ? "(" + left + " or vector(0))" : left;
            default -> left == null ? right : left;
        };
    }

    private static boolean isZero(QueryNode node) {
        return node.bare() instanceof Call c
                && c.function().equals("vector")
                && c.argument(0) instanceof Literal zero
                && zero.value() == 0;
    }

    private String increase(Selector s) {
        MetricName name = MetricName.of(s.name());
        boolean counts = name.nature() == Nature.COUNTER || name.nature() == Nature.NAME;
        boolean events = name.unit().isEmpty() || name.unit().equals(MetricName.EVENTS);
        if (name.nature() == Nature.BUCKETS) {
            return "sum(increase(" + (s.matcher("le") == null ? withInfinity(s) : selector(s)) + "[$window]))";
        }
        return counts && events ? "sum(increase(" + selector(s) + "[$window]))" : null;
    }

    private String selector(Selector s) {
        return text.substring(s.at(), s.close());
    }

    /** The bucket that holds all. */
    private String withInfinity(Selector s) {
        String selector = selector(s);
        if (!selector.endsWith("}")) {
            return selector + "{le=\"+Inf\"}";
        }
        String open = selector.substring(0, selector.length() - 1).stripTrailing();
        return open + (open.endsWith("{") || open.endsWith(",") ? "" : ",") + "le=\"+Inf\"}";
    }

    /** The selector of the only histogram that the query names; null for none or several. */
    String buckets(QueryNode node) {
        List<Selector> found = new ArrayList<>();
        selectors(node, found);
        List<String> buckets = found.stream()
                .filter(s -> MetricName.of(s.name()).nature() == Nature.BUCKETS)
                .map(this::selector)
                .distinct()
                .toList();
        return buckets.size() == 1 ? buckets.get(0) : null;
    }

    private static void selectors(QueryNode written, List<Selector> into) {
        QueryNode node = written.bare();
        if (node instanceof Selector s) {
            into.add(s);
        } else if (node instanceof Range r) {
            selectors(r.of(), into);
        } else if (node instanceof Minus m) {
            selectors(m.of(), into);
        } else if (node instanceof Aggregate a) {
            selectors(a.of(), into);
        } else if (node instanceof Call c) {
            c.arguments().forEach(argument -> selectors(argument, into));
        } else if (node instanceof Binary b) {
            selectors(b.left(), into);
            selectors(b.right(), into);
        }
    }

    /** A query without the comparison around it, or null. */
    String withoutComparison(QueryNode node) {
        return node.bare() instanceof Binary b && b.isComparison() && !b.bool()
                ? text.substring(b.left().at(), b.left().end())
                : null;
    }
}
