// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.List;
import java.util.function.BinaryOperator;

/** Coverage in counts; a total of 0 means that the report says nothing of it. */
public record Coverage(Count line, Count branch, Count instruction, Count method) {
    public static final Coverage NONE = new Coverage(Count.NONE, Count.NONE, Count.NONE, Count.NONE);

    public Coverage plus(Coverage other) {
        return both(other, Count::plus);
    }

    /** Of each figure the worse; one that says nothing counts for nothing. */
    Coverage worse(Coverage other) {
        return both(other, Count::worse);
    }

    /** Of each figure the better; one that says nothing counts for nothing. */
    Coverage better(Coverage other) {
        return both(other, (a, b) -> b.equals(a.worse(b)) ? a : b);
    }

    /** Of what stands in one report twice: the larger total, and of it as much as both together, were none of it the same. */
    Coverage repeated(Coverage other) {
        return both(other, (a, b) -> {
            long all = Math.max(a.total(), b.total());
            return new Count(Math.min(all, a.covered() + b.covered()), all);
        });
    }

    /** Of figures with the same totals: as much as the one that covers more. */
    Coverage greatest(Coverage other) {
        return both(other, (a, b) -> a.covered() >= b.covered() ? a : b);
    }

    /** Of figures with the same totals: as much as both together, were none of it the same. */
    Coverage together(Coverage other) {
        return both(other, (a, b) -> new Count(Math.min(a.total(), a.covered() + b.covered()), a.total()));
    }

    private Coverage both(Coverage other, BinaryOperator<Count> how) {
        return new Coverage(
                how.apply(line, other.line),
                how.apply(branch, other.branch),
                how.apply(instruction, other.instruction),
                how.apply(method, other.method));
    }

    /** What there is to cover. */
    List<Long> totals() {
        return List.of(line.total(), branch.total(), instruction.total(), method.total());
    }

    /** Covered of total. */
    public record Count(long covered, long total) {
        public static final Count NONE = new Count(0, 0);
        /** No program has more to cover. */
        private static final long MOST = 1_000_000_000_000_000L;

        public Count {
            if (covered < 0 || covered > total || total > MOST) {
                throw new IllegalArgumentException(covered + " of " + total);
            }
        }

        public Count plus(Count other) {
            return new Count(covered + other.covered, total + other.total);
        }

        Count worse(Count other) {
            if (total == 0 || other.total == 0) {
                return total == 0 ? other : this;
            }
            return other.rate() < rate() ? other : this;
        }

        /** How far the rate lies below another's, from the counts: the difference of two rounded rates can miss its limit. */
        public double below(Count other) {
            double mine = (double) covered * other.total;
            double theirs = (double) other.covered * total;
            return total == 0 || other.total == 0 ? Double.NaN : (theirs - mine) / ((double) total * other.total);
        }

        /** As a fraction, NaN where there is nothing to cover. */
        public double rate() {
            return total == 0 ? Double.NaN : (double) covered / total;
        }
    }
}
