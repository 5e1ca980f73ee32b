// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Direction;

/**
 * One side's histogram, asked how many values lie beyond a point: above it upwards, at or below it downwards. At a bound that is
 * counted. Between two it is known only to lie between their counts, and what is said then depends on what it is for.
 */
final class BucketSide {
    /**
     * Values that crowd at a bucket's end are taken to be so many times as dense there as were they spread evenly over its
     * logarithms. Without any such limit a canary that is twice as slow would look like one that is 10 % slower.
     */
    static final double CROWDED = 3;

    /**
     * A source's seconds times a thousand need not be the same milliseconds to the last bit, and a bound is remembered as a float. No
     * histogram has bounds so close.
     */
    static final double ABOUT = 1e-6;

    private final Buckets buckets;
    private final double[] above;
    private final double total;

    BucketSide(Buckets buckets) {
        this.buckets = buckets;
        this.above = buckets.above();
        this.total = buckets.total();
    }

    double total() {
        return total;
    }

    int size() {
        return above.length;
    }

    double bound(int i) {
        return buckets.bounds().get(i);
    }

    /** The bound's number, -1 if there is none such. */
    int index(double bound) {
        for (int i = 0; i < above.length; i++) {
            if (Math.abs(bound(i) - bound) <= ABOUT * Math.abs(bound)) {
                return i;
            }
        }
        return -1;
    }

    /** How many lie beyond a bound. */
    double beyond(int i, Direction d) {
        return d == Direction.UP ? above[i] : total - above[i];
    }

    /** Where a value must have been that a margin moves just to this bound. */
    static double origin(double bound, Allow margin, Direction d, double leastRatio) {
        return margin.relative() ? bound / d.ratio(margin.value(), leastRatio) : bound - d.along(margin.value());
    }

    /** The nearest bound beyond which only values lie that lie beyond the point, too; -1 for none. */
    int surely(double point, Direction d) {
        double slack = ABOUT * Math.abs(point);
        int found = -1;
        for (int i = 0; i < above.length && !(found >= 0 && d == Direction.UP); i++) {
            boolean beyond = d == Direction.UP ? bound(i) >= point - slack : bound(i) <= point + slack;
            found = beyond ? i : found;
        }
        return found;
    }

    /** The nearest bound beyond which all values lie that lie beyond the point; -1 for none, when it may be all values. */
    int possibly(double point, Direction d) {
        return surely(point, d == Direction.UP ? Direction.DOWN : Direction.UP);
    }

    /** No more than so many lie beyond a point, unless they crowd in its bucket's end more than {@link #CROWDED} says. */
    double atMost(double point, Direction d) {
        int outer = surely(point, d);
        int inner = possibly(point, d);
        double least = outer < 0 ? 0 : beyond(outer, d);
        double most = inner < 0 ? total : beyond(inner, d);
        if (outer == inner) {
            return most;
        }
        double part = part(point, outer, inner, d);
        return least + Math.min(1, CROWDED * part) * (most - least);
    }

    /** The part of a bucket from the point to its outer end, by logarithms where it has two ends above zero. */
    private double part(double point, int outer, int inner, Direction d) {
        if (outer < 0) {
            // downwards a first bucket begins at 0
            return d == Direction.DOWN && inner >= 0 && bound(inner) > 0 ? Math.max(0, point) / bound(inner) : 1;
        }
        double end = bound(outer);
        double other = inner < 0 ? 0 : bound(inner);
        if (inner < 0 && (d == Direction.DOWN || end <= 0)) {
            return 1;
        }
        return Math.min(end, other) > 0 ? Math.log(end / point) / Math.log(end / other) : (end - point) / (end - other);
    }
}
