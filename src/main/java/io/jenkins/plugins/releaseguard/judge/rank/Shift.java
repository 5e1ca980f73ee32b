// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.rank;

import io.jenkins.plugins.releaseguard.judge.Direction;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Hodges and Lehmann's shift (Ann. Math. Stat. 34, 1963): the median of all differences and the order statistics of them that
 * invert the rank test. Limits are differences of the data themselves, found by counting, so that no root finder's tolerance
 * and no scale enters.
 */
public record Shift(double estimate, double lower, double upper) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * How far the first sample lies above the second, in the values' unit.
     *
     * @param x ascending, not empty
     * @param y likewise
     * @param level of the interval, between 0 and 1
     * @return with infinite limits when the samples are too few for the level
     */
    public static Shift of(double[] x, double[] y, double level) {
        long pairs = (long) x.length * y.length;
        double middle = difference(x, y, (pairs + 1) / 2);
        double estimate = pairs % 2 == 1 ? middle : middle / 2 + difference(x, y, pairs / 2 + 1) / 2;
        double tail = (1 - level) / 2;
        long rank = rank(x, y, tail);
        return rank < 1
                ? new Shift(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                : new Shift(estimate, difference(x, y, rank), difference(x, y, pairs + 1 - rank));
    }

    /** The shift as seen in a direction, positive when it lies this way. */
    public Shift along(Direction direction) {
        return direction == Direction.UP ? this : new Shift(-estimate, -upper, -lower);
    }

    private static long rank(double[] x, double[] y, double tail) {
        double ties = Ties.sum(x, y);
        boolean few = x.length < MannWhitney.EXACT_BELOW && y.length < MannWhitney.EXACT_BELOW;
        if (few || ties == 0 && MannWhitney.isExact(x.length, y.length)) {
            return RankDistribution.critical(Math.min(x.length, y.length), Math.max(x.length, y.length), tail);
        }
        double pairs = (double) x.length * y.length;
        double sigma = MannWhitney.sigma(x.length, y.length, ties);
        double z = NORMAL.inverseSurvivalProbability(tail);
        return (long) Math.floor(pairs / 2 - 0.5 - z * sigma) + 1;
    }

    /**
     * The k-th smallest of all x - y. Narrows until few are left, then sorts those.
     *
     * @param x ascending, not empty
     * @param y likewise
     * @param k 1 to the number of pairs
     */
    public static double difference(double[] x, double[] y, long k) {
        double low = x[0] - y[y.length - 1];
        double high = x[x.length - 1] - y[0];
        if (k <= countUpto(x, y, low) || low == high) {
            return low;
        }
        long below = countUpto(x, y, low);
        long upto = (long) x.length * y.length;
        int room = (x.length + y.length) / 4 + 16;
        for (int i = 0; upto - below > room; i++) {
            double middle =
                    guess(i, low, high, ((double) k - below + (i % 2 == 0 ? room : -room) / 4.0) / (upto - below));
            if (!(low < middle && middle < high)) {
                middle = middleBits(low, high);
                if (!(low < middle && middle < high)) {
                    return high;
                }
            }
            long count = countUpto(x, y, middle);
            if (count >= k) {
                high = middle;
                upto = count;
            } else {
                low = middle;
                below = count;
            }
        }
        return among(x, y, low, high, k - below, (int) (upto - below));
    }

    /** A little above and a little below where the rank lies on a straight line, in turn; halves when lines mislead. */
    private static double guess(int i, double low, double high, double part) {
        if (i >= 60) {
            return middleBits(low, high);
        }
        return i % 4 == 3 || !(part > 0 && part < 1) ? low / 2 + high / 2 : low * (1 - part) + high * part;
    }

    /** Halves the doubles between two, rather than the distance: a far outlier cannot make bisection crawl. */
    private static double middleBits(double low, double high) {
        long a = ordered(low);
        long b = ordered(high);
        long m = (a >> 1) + (b >> 1) + (a & b & 1);
        return Double.longBitsToDouble(m >= 0 ? m : Long.MIN_VALUE - m);
    }

    private static long ordered(double v) {
        long bits = Double.doubleToLongBits(v);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static long countUpto(double[] x, double[] y, double limit) {
        long count = 0;
        int first = 0; // the first y with x - y <= limit; it moves up as x grows
        for (double v : x) {
            while (first < y.length && v - y[first] > limit) {
                first++;
            }
            count += y.length - first;
        }
        return count;
    }

    private static int first(double[] y, double v, double limit) {
        int a = 0;
        int b = y.length;
        while (a < b) {
            int m = (a + b) >>> 1;
            if (v - y[m] <= limit) {
                b = m;
            } else {
                a = m + 1;
            }
        }
        return a;
    }

    private static double among(double[] x, double[] y, double low, double high, long k, int size) {
        double[] left = new double[size];
        int n = 0;
        for (double v : x) {
            for (int j = first(y, v, high); j < y.length && v - y[j] > low; j++) {
                left[n++] = v - y[j];
            }
        }
        Arrays.sort(left, 0, n);
        return left[(int) k - 1];
    }
}
