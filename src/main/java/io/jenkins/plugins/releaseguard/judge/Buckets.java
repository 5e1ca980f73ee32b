// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A histogram of one side in one look. All that it tells is how many values lie above each bound; where in its bucket a value lies it
 * doesn't.
 *
 * @param bounds upper bounds of all buckets but the last, which has none; finite, ascending, in the metric's unit
 * @param counts each bucket's own values, not cumulative: one more than bounds. Doubles, since a source may interpolate in time
 */
public record Buckets(List<Double> bounds, List<Double> counts) {
    private static final double HALF = 0.5;

    /** A source's seconds times a thousand need not be the same milliseconds to the last bit. */
    private static final double SLACK = 1e-9;

    /** A last bound of +Inf may be given or left out; a gap in the counts is no value. */
    public Buckets {
        int last = bounds.size() - 1;
        bounds = SampleValues.copy(last >= 0 && isInfinite(bounds.get(last)) ? bounds.subList(0, last) : bounds);
        counts = SampleValues.copy(
                counts.stream().map(n -> n == null ? Double.valueOf(0) : n).toList());
    }

    private static boolean isInfinite(Double bound) {
        return bound != null && bound == Double.POSITIVE_INFINITY;
    }

    /** Why these cannot be buckets, or null. */
    String fault(String field) {
        if (counts.size() != bounds.size() + 1) {
            return field + " has " + bounds.size() + " finite bounds and " + counts.size()
                    + " counts, but needs one more than bounds";
        }
        for (int i = 0; i < bounds.size(); i++) {
            double bound = bounds.get(i);
            if (!Double.isFinite(bound) || i > 0 && !(bound > bounds.get(i - 1))) {
                return field + ".bounds must be finite and ascending, but hold " + Quantity.number(bound);
            }
        }
        for (double n : counts) {
            if (!(n >= 0) || Double.isInfinite(n)) {
                return field + ".counts hold " + Quantity.number(n) + ": did the counter reset?";
            }
        }
        return null;
    }

    /** Of all buckets. */
    public double total() {
        double sum = 0;
        for (double n : counts) {
            sum += n;
        }
        return sum;
    }

    /** How many values lie above each bound, in the bounds' order. */
    public double[] above() {
        double[] above = new double[bounds.size()];
        double sum = 0;
        for (int i = above.length - 1; i >= 0; i--) {
            sum += counts.get(i + 1);
            above[i] = sum;
        }
        return above;
    }

    /**
     * The bucket that has the median: its number from 0; that of the last bucket where there is no value.
     */
    public int middle() {
        return of(HALF);
    }

    /** Where a bucket begins: 0 for the first one. */
    public double low(int bucket) {
        return bucket == 0 ? Math.min(0, high(0)) : bounds.get(bucket - 1);
    }

    /** Where a bucket ends: infinite for the last one. */
    public double high(int bucket) {
        return bucket == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(bucket);
    }

    /**
     * About where the median lies, as if values were spread evenly in its bucket: to be shown, never to prove anything. In the last
     * bucket, which has no end, its beginning; NaN where there is no value.
     */
    public double about() {
        if (!(total() > 0)) {
            return Double.NaN;
        }
        int bucket = middle();
        double low = low(bucket);
        if (bucket == bounds.size()) {
            return low;
        }
        double below = 0;
        for (int i = 0; i < bucket; i++) {
            below += counts.get(i);
        }
        return low + (high(bucket) - low) * (HALF * total() - below) / counts.get(bucket);
    }

    /**
     * The bucket of a quantile: its number from 0; that of the last bucket where there is no value.
     *
     * @param q above 0, up to 1
     */
    public int of(double q) {
        double rank = q * total();
        double seen = 0;
        for (int i = 0; i < bounds.size(); i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return i;
            }
        }
        return bounds.size();
    }

    /**
     * What is known of how many values lie above a point.
     *
     * @param low the nearest bound that isn't above the point; 0 where the first bucket has it
     * @param high the nearest that isn't below it, infinite for none; the same as {@code low} at a bound
     * @param surely so many lie above it
     * @param possibly no more than so many do; the same at a bound, and where nothing lies in the bucket
     */
    public record Beyond(double low, double high, double surely, double possibly) {
        /** Whether some values may lie on either side. */
        public boolean hides() {
            return possibly > surely;
        }
    }

    /** What is known of how many values lie above a point. */
    public Beyond beyond(double point) {
        double slack = SLACK * Math.abs(point);
        double[] above = above();
        int i = 0;
        while (i < above.length && bounds.get(i) < point - slack) {
            i++;
        }
        double surely = i == above.length ? 0 : above[i];
        if (i < above.length && bounds.get(i) <= point + slack) {
            return new Beyond(bounds.get(i), bounds.get(i), surely, surely);
        }
        return new Beyond(low(i), high(i), surely, i == 0 ? total() : above[i - 1]);
    }

    /** Both together, in the buckets of {@link #onto}. */
    public Buckets plus(Buckets other) {
        Buckets own = onto(other);
        Buckets more = other.onto(this);
        double[] sum = new double[own.counts.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = own.counts.get(i) + more.counts.get(i);
        }
        return new Buckets(own.bounds, SampleValues.of(sum));
    }

    /**
     * The same values in buckets that can be compared with the other's: of either one's bounds those at which both counts are known.
     * An empty bucket, as sparse histograms leave them out, tells them for each bound inside it, too.
     */
    public Buckets onto(Buckets other) {
        if (bounds.equals(other.bounds)) {
            return this;
        }
        TreeSet<Double> all = new TreeSet<>(bounds);
        all.addAll(other.bounds);
        List<Double> common = new ArrayList<>();
        List<Double> sums = new ArrayList<>();
        double before = 0;
        for (double bound : all) {
            double upTo = upTo(bound);
            if (!Double.isNaN(upTo) && !Double.isNaN(other.upTo(bound))) {
                common.add(bound);
                sums.add(upTo - before);
                before = upTo;
            }
        }
        sums.add(Math.max(0, total() - before));
        return new Buckets(common, sums);
    }

    /** How many values are at most so large; NaN inside a bucket that has some. */
    private double upTo(double bound) {
        double sum = 0;
        for (int i = 0; i < bounds.size(); i++) {
            if (bound < bounds.get(i)) {
                return counts.get(i) == 0 ? sum : Double.NaN;
            }
            sum += counts.get(i);
            if (bound == bounds.get(i)) {
                return sum;
            }
        }
        return counts.get(bounds.size()) == 0 ? sum : Double.NaN;
    }
}
