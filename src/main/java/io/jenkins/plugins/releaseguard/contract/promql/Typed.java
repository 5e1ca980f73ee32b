// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a query with what is known of it.
 *
 * @param terms whose sum the counters' rises are; null where it isn't such a sum, and Prometheus must evaluate it
 * @param floor less than nothing is nothing
 * @param single one series without labels, whatever there is
 * @param leLost a histogram's buckets were added up, so that one request counts several times
 * @param constant of a number; NaN where it isn't known
 * @param spoiled why it is no count any more, though it is of one; null for a count
 */
record Typed(
        Dimension dimension,
        List<Term> terms,
        boolean floor,
        boolean single,
        boolean leLost,
        double constant,
        String spoiled) {
    static Typed of(Dimension dimension, List<Term> terms) {
        return new Typed(dimension, terms, false, false, false, Double.NaN, null);
    }

    static Typed of(Kind kind, String unit) {
        return of(Dimension.of(kind, unit), null);
    }

    static Typed number(double value) {
        return new Typed(Dimension.of(Kind.NUMBER, ""), null, false, true, false, value, null);
    }

    Kind kind() {
        return dimension.kind();
    }

    boolean isConstant() {
        return kind() == Kind.NUMBER && !Double.isNaN(constant);
    }

    Typed with(Dimension other) {
        return new Typed(other, terms, floor, single, leLost, constant, spoiled);
    }

    Typed withTerms(List<Term> other) {
        return new Typed(dimension, other, floor, single, leLost, constant, spoiled);
    }

    /** Prometheus must evaluate it. */
    Typed evaluated() {
        return withTerms(null);
    }

    Typed floored() {
        return new Typed(dimension, terms, true, single, leLost, constant, spoiled);
    }

    Typed spoiled(String why) {
        return new Typed(dimension, null, floor, single, leLost, constant, spoiled == null ? why : spoiled);
    }

    Typed aggregated(boolean one, boolean withoutLe) {
        return new Typed(dimension, terms, floor, one, leLost || dimension.buckets() && withoutLe, constant, spoiled);
    }

    Typed negated() {
        List<Term> other = terms == null || floor
                ? null
                : terms.stream().map(Term::negated).toList();
        return new Typed(dimension, other, false, single, leLost, -constant, spoiled);
    }

    Typed orZero() {
        return terms == null
                ? this
                : withTerms(terms.stream().map(Term::orZeroToo).toList());
    }

    /** The terms of both, where their sum is the sum of all: neither matches series by labels, nor is cut off. */
    List<Term> and(Typed other) {
        boolean apart = single && other.single || leLost || dimension.buckets() && other.dimension.buckets();
        if (terms == null || other.terms == null || floor || other.floor || !apart) {
            return null;
        }
        List<Term> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return all;
    }
}
