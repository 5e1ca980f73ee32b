// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How a metric's values are spread, as evenly spaced quantiles in its unit, and the bounds of the buckets that its source counts
 * them in.
 */
public final class ValueShape {
    private static final int POINTS = 1000;
    /** Of the 99 % quantile over the median of a lognormal. */
    private static final double Z99 = 2.326347874;

    private final double[] quantiles;
    private final List<Double> bounds;
    /** Exactly: what is rarer than a quantile's step decides how long a tail takes. */
    private final double[] above;

    private ValueShape(double[] quantiles, List<Double> bounds, double[] above) {
        this.quantiles = quantiles;
        this.bounds = List.copyOf(bounds);
        this.above = above;
    }

    /**
     * A lognormal with this median and 99 % quantile.
     *
     * @param bounds upper bounds of all buckets but the last; none where the source gives values
     */
    static ValueShape lognormal(double median, double p99, List<Double> bounds) {
        double sigma = Math.max(0.01, Math.log(p99 / median) / Z99);
        NormalDistribution normal = NormalDistribution.of(0, sigma);
        double[] q = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            q[i] = median * Math.exp(normal.inverseCumulativeProbability((i + 0.5) / POINTS));
        }
        double[] above = bounds.stream()
                .mapToDouble(b -> normal.survivalProbability(Math.log(b / median)))
                .toArray();
        return new ValueShape(q, bounds, above);
    }

    /** Of values themselves, at least one. */
    static ValueShape of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] q = new double[Math.min(POINTS, sorted.length)];
        for (int i = 0; i < q.length; i++) {
            q[i] = sorted[(int) ((i + 0.5) / q.length * sorted.length)];
        }
        return new ValueShape(q, List.of(), new double[0]);
    }

    /**
     * Of a histogram; inside a bucket nothing is known, and taken as even.
     *
     * @param counts one more than bounds, with a sum above zero
     */
    static ValueShape of(List<Double> bounds, double[] counts) {
        double total = Arrays.stream(counts).sum();
        double[] q = new double[POINTS];
        int bucket = 0;
        double before = 0;
        for (int i = 0; i < POINTS; i++) {
            double rank = (i + 0.5) / POINTS * total;
            while (bucket < bounds.size() && rank > before + counts[bucket]) {
                before += counts[bucket];
                bucket++;
            }
            double low = bucket == 0 ? 0 : bounds.get(bucket - 1);
            double high = bucket == bounds.size() ? 2 * low : bounds.get(bucket);
            q[i] = low + (counts[bucket] > 0 ? (rank - before) / counts[bucket] : 0) * (high - low);
        }
        double[] above = new double[bounds.size()];
        double below = 0;
        for (int i = 0; i < above.length; i++) {
            below += counts[i];
            above[i] = Math.max(0, 1 - below / total);
        }
        return new ValueShape(q, bounds, above);
    }

    /** Upper bounds of all buckets but the last; empty where the source gives values. */
    public List<Double> bounds() {
        return bounds;
    }

    /** A quantile, 0 to 1. */
    public double quantile(double p) {
        return quantiles[(int) Math.max(0, Math.min(quantiles.length - 1, Math.floor(p * quantiles.length)))];
    }

    double draw(Dice dice) {
        return quantiles[(int) (dice.uniform() * quantiles.length)];
    }

    /** Counts of requests by bucket. */
    double[] buckets(Dice dice, double requests) {
        double[] counts = new double[bounds.size() + 1];
        double left = requests;
        double rest = 1;
        for (int i = 0; i < bounds.size() && left > 0; i++) {
            counts[i] = dice.binomial(left, rest > 0 ? Math.max(0, 1 - above[i] / rest) : 1);
            left -= counts[i];
            rest = above[i];
        }
        counts[bounds.size()] = left;
        return counts;
    }

    /** The bucket that holds the median: its bounds' ratio less one is the finest change that it can show there; NaN without. */
    public double resolution() {
        double median = quantile(0.5);
        double low = 0;
        for (double bound : bounds) {
            if (median <= bound) {
                return low > 0 ? bound / low - 1 : Double.NaN;
            }
            low = bound;
        }
        return Double.NaN;
    }
}
