// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.List;

/**
 * One metric's new samples in one look: counts for a rate or count, values or a histogram's buckets for a latency or gauge.
 *
 * @param baselineBuckets of a source that has no single values; null otherwise
 * @param baselineTail requests above the tail limit among all, from the source's histogram; null when there is none
 * @param canaryBeyond the canary's requests above the tail limit where that lies inside a bucket, so that only some of them are
 *     counted in {@code canaryTail}; null where all are
 * @param missing why there is no data, null when there is
 */
public record MetricLook(
        String id,
        Counts baselineCounts,
        Counts canaryCounts,
        List<Double> baseline,
        List<Double> canary,
        Counts baselineTail,
        Counts canaryTail,
        Buckets baselineBuckets,
        Buckets canaryBuckets,
        Buckets.Beyond canaryBeyond,
        String missing) {

    public MetricLook {
        baseline = SampleValues.copy(baseline);
        canary = SampleValues.copy(canary);
    }

    /** Of a rate or count; a side that is not known is null, and a fault. */
    public static MetricLook counts(String id, Counts baseline, Counts canary) {
        return new MetricLook(id, baseline, canary, List.of(), List.of(), null, null, null, null, null, null);
    }

    /** Of a latency or gauge, in the metric's unit and any order; a gap is null or NaN. */
    public static MetricLook values(String id, List<Double> baseline, List<Double> canary) {
        return new MetricLook(id, null, null, baseline, canary, null, null, null, null, null, null);
    }

    /** Of a latency or gauge whose source has a histogram alone; a side that is not known is null, and a fault. */
    public static MetricLook buckets(String id, Buckets baseline, Buckets canary) {
        return new MetricLook(id, null, null, List.of(), List.of(), null, null, baseline, canary, null, null);
    }

    /** @param why there is no data, for the finding's reason */
    public static MetricLook missing(String id, String why) {
        return new MetricLook(id, null, null, List.of(), List.of(), null, null, null, null, null, why);
    }

    /** The same look with counts of requests above the tail limit. */
    public MetricLook withTail(Counts baselineAbove, Counts canaryAbove) {
        return withTail(baselineAbove, canaryAbove, null);
    }

    /**
     * The same where the limit lies inside a bucket.
     *
     * @param baselineAbove those that are surely above it
     * @param canaryAbove those that are surely above it
     * @param beyond what is known of the canary's, null where all are counted
     */
    public MetricLook withTail(Counts baselineAbove, Counts canaryAbove, Buckets.Beyond beyond) {
        return new MetricLook(
                id,
                baselineCounts,
                canaryCounts,
                baseline,
                canary,
                baselineAbove,
                canaryAbove,
                baselineBuckets,
                canaryBuckets,
                beyond,
                missing);
    }

    /** Whether the canary's level is known by its buckets alone. */
    public boolean inBuckets() {
        return canaryBuckets != null;
    }
}
