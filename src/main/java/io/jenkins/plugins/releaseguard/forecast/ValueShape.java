// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How a metric's values are spread, as evenly spaced quantiles in its unit, and the bounds of the buckets that its source counts
 * them in.
 */
public final class ValueShape {
    private static final int POINTS = 1000;
    /** Of doubles that were divided and multiplied again. */
    private static final double ROUNDING = 1e-9;
    /** Of a look's median beside another's. */
    private static final double WOBBLE = 1.05;
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

    /** Part of the values that are surely above: in buckets that begin there or beyond. */
    double beyond(double limit) {
        for (int i = 0; i < bounds.size(); i++) {
            if (bounds.get(i) >= limit) {
                return above[i];
            }
        }
        return bounds.isEmpty()
                ? (double) Arrays.stream(quantiles).filter(q -> q > limit).count() / quantiles.length
                : 0;
    }

    /** The same values in more buckets. */
    ValueShape finer(List<Double> more) {
        double[] all = DoubleStream.concat(
                        bounds.stream().mapToDouble(Double::doubleValue),
                        more.stream().mapToDouble(Double::doubleValue))
                .distinct()
                .sorted()
                .toArray();
        double[] parts = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            double bound = all[i];
            int was = bounds.indexOf(bound);
            parts[i] = was >= 0
                    ? above[was]
                    : (double) Arrays.stream(quantiles).filter(q -> q > bound).count() / quantiles.length;
        }
        return new ValueShape(quantiles, DoubleStream.of(all).boxed().toList(), parts);
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
        return resolution(quantile(0.5));
    }

    private double resolution(double at) {
        double low = bounds.stream().filter(b -> b < at).reduce(0.0, (a, b) -> b);
        double high = bounds.stream().filter(b -> b >= at).findFirst().orElse(Double.NaN);
        return low > 0 ? high / low - 1 : Double.NaN;
    }

    /** Whether buckets at the median, and close to it, where a look's own median may lie, show a change by this part. */
    boolean shows(double change) {
        double median = quantile(0.5);
        return DoubleStream.of(1 / WOBBLE, 1, WOBBLE).allMatch(w -> resolution(median * w) <= change * (1 + ROUNDING));
    }

    /**
     * Bounds that lack from a change below the median to one above to show it; none where it shows.
     *
     * @param change as a part of the value, above zero
     */
    List<Double> lacking(double change) {
        List<Double> lacking = new ArrayList<>();
        if (!(change > 0) || shows(change)) {
            return lacking;
        }
        double median = quantile(0.5);
        double step = 1 + change;
        double last = bounds.stream().filter(b -> b <= median / step).reduce(0.0, (a, b) -> b);
        if (last * step < median / WOBBLE) {
            // a bound that is close to the median anyway is the next
            double next = bounds.stream()
                    .filter(b -> b > median / WOBBLE && b <= median * WOBBLE)
                    .findFirst()
                    .orElse(median);
            last = written(next / step, RoundingMode.UP);
            lacking.add(last);
        }
        while (last < median * WOBBLE) {
            double reach = last * step * (1 + ROUNDING);
            double from = last;
            OptionalDouble there = bounds.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(b -> b > from && b <= reach)
                    .max();
            last = there.orElseGet(() -> written(reach, RoundingMode.DOWN));
            if (there.isEmpty()) {
                lacking.add(last);
            }
        }
        return lacking;
    }

    /** Two digits where that is hardly another number, else three. */
    private static double written(double bound, RoundingMode mode) {
        BigDecimal exact = BigDecimal.valueOf(bound);
        double two = exact.round(new MathContext(2, mode)).doubleValue();
        return two > bound / WOBBLE && two < bound * WOBBLE
                ? two
                : exact.round(new MathContext(3, mode)).doubleValue();
    }
}
