// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

/**
 * A counter whose rise is a part of a query's count.
 *
 * @param sign 1 or -1: added or taken away
 * @param selector as it stands in the query, without range and modifiers
 * @param orZero {@code or vector(0)} stands behind it: no series is none
 */
public record Term(int sign, String selector, boolean orZero) {
    Term negated() {
        return new Term(-sign, selector, orZero);
    }

    Term orZeroToo() {
        return new Term(sign, selector, true);
    }
}
