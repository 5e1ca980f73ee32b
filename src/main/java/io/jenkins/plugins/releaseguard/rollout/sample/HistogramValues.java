// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.sample;

import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.util.Arrays;
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
        double[] counts = new double[buckets.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(buckets.get(i));
        }
        double total = Arrays.stream(counts).sum();
        double[] values = new double[(int) Math.min(MOST, Math.round(total))];
        int bucket = 0;
        double before = 0;
        double low = low(bounds, 0);
        double high = high(bounds, 0);
        for (int i = 0; i < values.length; i++) {
            double rank = (i + 0.5) * total / values.length;
            while (bucket < bounds.size() && rank > before + counts[bucket]) {
                before += counts[bucket];
                bucket++;
                low = low(bounds, bucket);
                high = high(bounds, bucket);
            }
            double inside = counts[bucket] > 0 ? (rank - before) / counts[bucket] : 0;
            values[i] = low + Math.min(1, Math.max(0, inside)) * (high - low);
        }
        return SampleValues.of(values);
    }

    private static double low(List<Double> bounds, int bucket) {
        return bucket == 0 ? 0 : bounds.get(bucket - 1);
    }

    /** The last bucket has no end: its values are put as far again as it is from zero. */
    private static double high(List<Double> bounds, int bucket) {
        return bucket == bounds.size() ? 2 * low(bounds, bucket) : bounds.get(bucket);
    }

    private static double count(Double bucket) {
        return bucket == null || !(bucket > 0) ? 0 : bucket;
    }
}
