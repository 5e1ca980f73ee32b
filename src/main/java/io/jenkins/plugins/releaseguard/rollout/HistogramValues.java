// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * Values that stand for a histogram, so that rank tests can compare two: evenly spread inside their bucket, the same way on both
 * sides. What moves inside one bucket stays unseen; many requests are thinned to evenly spaced quantiles.
 */
final class HistogramValues {
    private static final int MOST = 400;

    private HistogramValues() {}

    /** @param bounds upper bounds of all buckets but the last; {@code buckets} one count more */
    static List<Double> of(List<Double> bounds, List<Double> buckets) {
        if (buckets.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(
                    "a histogram with " + bounds.size() + " bounds has " + buckets.size() + " buckets");
        }
        double total = buckets.stream().mapToDouble(HistogramValues::count).sum();
        int size = (int) Math.min(MOST, Math.round(total));
        List<Double> values = new ArrayList<>(size);
        int bucket = 0;
        double before = 0;
        for (int i = 0; i < size; i++) {
            double rank = (i + 0.5) * total / size;
            while (bucket < bounds.size() && rank > before + count(buckets.get(bucket))) {
                before += count(buckets.get(bucket));
                bucket++;
            }
            double inside = count(buckets.get(bucket)) > 0 ? (rank - before) / count(buckets.get(bucket)) : 0;
            double low = bucket == 0 ? 0 : bounds.get(bucket - 1);
            // the last bucket has no end: its values are put as far again as it is from zero
            double high = bucket == bounds.size() ? 2 * low : bounds.get(bucket);
            values.add(low + Math.min(1, Math.max(0, inside)) * (high - low));
        }
        return values;
    }

    private static double count(Double bucket) {
        return bucket == null || !(bucket > 0) ? 0 : bucket;
    }
}
