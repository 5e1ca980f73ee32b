// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.util.List;
import java.util.SplittableRandom;

/** Deals a histogram's values to both sides anew. For a named harm they are taken to lie evenly in their buckets. */
final class DealtBuckets {
    private DealtBuckets() {}

    /**
     * @param m with buckets of both sides
     * @param share of the canary, 0 to 1
     * @param times by which the canary's values grow
     */
    static MetricLook deal(SplittableRandom r, MetricLook m, double share, double times) {
        Buckets all = m.canaryBuckets().plus(m.baselineBuckets());
        List<Double> bounds = all.bounds();
        double[] canary = new double[bounds.size() + 1];
        double[] baseline = new double[bounds.size() + 1];
        for (int bucket = 0; bucket <= bounds.size(); bucket++) {
            for (double left = all.counts().get(bucket); left > 0; left--) {
                double part = Math.min(1, left);
                if (r.nextDouble() < share) {
                    canary[moved(r, all, bucket, times)] += part;
                } else {
                    baseline[bucket] += part;
                }
            }
        }
        return MetricLook.buckets(
                m.id(), new Buckets(bounds, SampleValues.of(baseline)), new Buckets(bounds, SampleValues.of(canary)));
    }

    private static int moved(SplittableRandom r, Buckets all, int bucket, double times) {
        if (times == 1 || bucket == all.bounds().size()) {
            return bucket;
        }
        double low = all.low(bucket);
        double value = times * (low + r.nextDouble() * (all.high(bucket) - low));
        int to = 0;
        while (to < all.bounds().size() && value > all.bounds().get(to)) {
            to++;
        }
        return to;
    }
}
