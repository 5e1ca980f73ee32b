// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.SortedMap;

/** A quantile from cumulative buckets, by linear interpolation inside the bucket it falls into, as Prometheus' {@code histogram_quantile}. */
final class Quantile {
    private Quantile() {}

    /** NaN without an unbounded bucket or without observations. */
    static double of(double q, SortedMap<Double, Double> cumulative) {
        if (Double.isNaN(q) || cumulative.size() < 2 || cumulative.lastKey() != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        if (q < 0 || q > 1) {
            return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double total = cumulative.get(cumulative.lastKey());
        if (total == 0) {
            return Double.NaN;
        }
        double rank = q * total;
        double lower = 0;
        double below = 0;
        boolean first = true;
        for (var bucket : cumulative.entrySet()) {
            double bound = bucket.getKey();
            double count = Math.max(bucket.getValue(), below);
            if (count >= rank) {
                if (bound == Double.POSITIVE_INFINITY) {
                    return lower;
                }
                if (first && bound <= 0) {
                    return bound;
                }
                return count == below ? bound : lower + (bound - lower) * (rank - below) / (count - below);
            }
            lower = bound;
            below = count;
            first = false;
        }
        return lower;
    }
}
