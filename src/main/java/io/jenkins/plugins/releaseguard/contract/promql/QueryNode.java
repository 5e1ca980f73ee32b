// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import java.util.List;

/** A query as a tree. Offsets are of the whole query's text; {@code end} is behind the last character. */
public sealed interface QueryNode {
    int at();

    int end();

    /** 60, or the duration 1m as a number of seconds. */
    record Literal(double value, int at, int end) implements QueryNode {}

    record Text(String value, int at, int end) implements QueryNode {}

    /**
     * @param name of the metric, empty where only a label says it
     * @param close offset behind the closing brace or the name, before modifiers
     */
    record Selector(String name, List<LabelMatcher> matchers, int close, Shift shift, int at, int end)
            implements QueryNode {
        LabelMatcher matcher(String label) {
            return matchers.stream()
                    .filter(m -> m.label().equals(label))
                    .findFirst()
                    .orElse(null);
        }
    }

    record LabelMatcher(String label, String sign, String value) {}

    /** {@code offset} and {@code @}; an {@code @ end()} of an instant query is none. */
    record Shift(String offset, String fixed) {
        static final Shift NONE = new Shift("", "");

        boolean isNone() {
            return equals(NONE);
        }
    }

    /**
     * A range of a selector, or a subquery.
     *
     * @param window as it is written; {@code $window} is the look
     */
    record Range(QueryNode of, String window, boolean subquery, Shift shift, int at, int end) implements QueryNode {
        boolean isLook() {
            return window.equals("$window");
        }
    }

    record Call(String function, List<QueryNode> arguments, int at, int end) implements QueryNode {
        QueryNode argument(int index) {
            return index < arguments.size() ? arguments.get(index) : null;
        }
    }

    /**
     * @param grouping by, without, or empty
     * @param parameter of topk, quantile and the like; null for none
     */
    record Aggregate(
            String operator, String grouping, List<String> labels, QueryNode parameter, QueryNode of, int at, int end)
            implements QueryNode {}

    /**
     * @param operator in lower case
     * @param bool a comparison that answers 0 and 1
     * @param sign offset of the operator
     */
    record Binary(String operator, boolean bool, QueryNode left, QueryNode right, int sign, int at, int end)
            implements QueryNode {
        boolean isComparison() {
            return List.of("==", "!=", "<", ">", "<=", ">=").contains(operator);
        }
    }

    record Minus(QueryNode of, int at, int end) implements QueryNode {}

    /** In brackets. */
    record Paren(QueryNode of, int at, int end) implements QueryNode {}

    /** Without its brackets. */
    default QueryNode bare() {
        QueryNode node = this;
        while (node instanceof Paren paren) {
            node = paren.of();
        }
        return node;
    }
}
