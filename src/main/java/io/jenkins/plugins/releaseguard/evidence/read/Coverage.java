// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

/** Coverage in counts; a total of 0 means that the report says nothing of it. */
public record Coverage(Count line, Count branch, Count instruction, Count method) {
    public static final Coverage NONE = new Coverage(Count.NONE, Count.NONE, Count.NONE, Count.NONE);

    public Coverage plus(Coverage other) {
        return new Coverage(
                line.plus(other.line),
                branch.plus(other.branch),
                instruction.plus(other.instruction),
                method.plus(other.method));
    }

    /** Covered of total. */
    public record Count(long covered, long total) {
        public static final Count NONE = new Count(0, 0);

        public Count {
            if (covered < 0 || covered > total) {
                throw new IllegalArgumentException(covered + " of " + total);
            }
        }

        public Count plus(Count other) {
            return new Count(Math.addExact(covered, other.covered), Math.addExact(total, other.total));
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
