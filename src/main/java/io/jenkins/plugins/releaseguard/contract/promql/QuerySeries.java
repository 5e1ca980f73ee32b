// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.LabelMatcher;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Minus;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Paren;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which series a query is about, wherever in it they stand.
 *
 * @param selectors in the query's order, each once
 * @param any whether one of them is enough: {@code or} stands between them, or {@code absent} asks for none
 */
public record QuerySeries(List<One> selectors, boolean any) {
    private static final Set<String> ABSENT = Set.of("absent", "absent_over_time");

    public QuerySeries {
        selectors = List.copyOf(selectors);
    }

    /**
     * A selector.
     *
     * @param name of the metric, empty where only labels say it
     * @param text as it stands in the query, without range and modifiers
     * @param labels of its matchers
     */
    public record One(String name, String text, List<Label> labels) {
        public One {
            labels = List.copyOf(labels);
        }

        /** Its matchers that tell the variants apart, as a query writes them; empty for none. */
        public String track() {
            return String.join(
                    ",",
                    labels.stream().filter(Label::isTrack).map(Label::toString).toList());
        }

        /** Another series of the same targets: the same labels but for one, under another name. */
        public String beside(String other, String without) {
            return labels.stream()
                    .filter(l -> !l.name().equals(without))
                    .map(Label::toString)
                    .collect(Collectors.joining(",", other + '{', "}"));
        }
    }

    /** A label and what a series must have there: {@code track}, {@code =}, {@code $track}. */
    public record Label(String name, String sign, String value) {
        boolean isTrack() {
            return value.contains("$track");
        }

        /** As a query writes it. */
        @Override
        public String toString() {
            String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            return name + sign + '"' + escaped + '"';
        }
    }

    /** Of a query that can't be read as PromQL: none. */
    public static QuerySeries of(String query) {
        List<One> found = new ArrayList<>();
        try {
            boolean any = walk(query, QueryParser.parse(query), found);
            return new QuerySeries(found.stream().distinct().toList(), any);
        } catch (QueryProblem e) {
            return new QuerySeries(List.of(), false);
        }
    }

    private static boolean walk(String query, QueryNode node, List<One> found) {
        if (node instanceof Selector s) {
            found.add(new One(
                    s.name(),
                    query.substring(s.at(), s.close()),
                    s.matchers().stream().map(QuerySeries::label).toList()));
            return false;
        } else if (node instanceof Range range) {
            return walk(query, range.of(), found);
        } else if (node instanceof Paren paren) {
            return walk(query, paren.of(), found);
        } else if (node instanceof Minus minus) {
            return walk(query, minus.of(), found);
        } else if (node instanceof Aggregate aggregate) {
            return walk(query, aggregate.of(), found);
        } else if (node instanceof Binary binary) {
            boolean left = walk(query, binary.left(), found);
            boolean right = walk(query, binary.right(), found);
            return left
                    || right
                    || binary.operator().equals("or")
                    || binary.operator().equals("unless");
        } else if (node instanceof Call call) {
            boolean any = ABSENT.contains(call.function());
            for (QueryNode argument : call.arguments()) {
                any |= walk(query, argument, found);
            }
            return any;
        }
        return false;
    }

    private static Label label(LabelMatcher m) {
        return new Label(m.label(), m.sign(), m.value());
    }
}
