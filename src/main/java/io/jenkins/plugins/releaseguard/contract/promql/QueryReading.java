// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import java.util.List;

/**
 * A metric's query as it is understood.
 *
 * @param field errors, total, histogram or values
 * @param dimension what it answers; null where it can't be told, or it is of another language than PromQL
 * @param terms whose rises make its count, in the query's order; empty where Prometheus evaluates the whole
 * @param floor a count below nothing is nothing
 * @param fault why it isn't what the field needs; null where it is
 */
public record QueryReading(
        String field, String text, Dimension dimension, List<Term> terms, boolean floor, QueryFault fault) {
    public QueryReading {
        terms = List.copyOf(terms);
    }

    /** Whether the count comes from raw scrapes. */
    public boolean isRaw() {
        return !terms.isEmpty();
    }

    /** Whether it is a ratio, or a rule's number: evidence that can stop, and of which nobody knows of how much it is. */
    public boolean isOfUnknownSize() {
        return dimension != null
                && (dimension.kind() == Dimension.Kind.RATIO || dimension.kind() == Dimension.Kind.RULE);
    }

    QueryReading with(QueryFault other) {
        return new QueryReading(field, text, dimension, terms, floor, other);
    }
}
