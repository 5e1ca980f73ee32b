// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a long release is told: three metrics, one of them a latency in a histogram, and the router's counters at every look. */
public final class LongRelease {
    private static final List<Double> BOUNDS = List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Random random = new Random(7);
    private final Instant start;
    private Instant told;
    private long canarySoFar;
    private long baselineSoFar;

    public LongRelease(Instant start) {
        this.start = start;
    }

    /** When look {@code i} is told, a little later than asked. */
    public Instant at(int i) {
        told = start.plus(INTERVAL.multipliedBy(i + 1L)).plusNanos(random.nextInt(400_000) * 1000L);
        return told;
    }

    public Event.Looked look(int phase, int i) {
        Instant from = start.plus(INTERVAL.multipliedBy(i));
        long canary = 300 + random.nextInt(60);
        long baseline = 2700 + random.nextInt(500);
        canarySoFar += canary;
        baselineSoFar += baseline;
        List<Double> canaryBuckets = buckets(canary);
        List<Double> baselineBuckets = buckets(baseline);
        return new Event.Looked(
                phase,
                from,
                from.plus(INTERVAL),
                List.of(
                        Event.Sample.rate("MON-001", random.nextInt(3), canary, random.nextInt(20), baseline),
                        new Event.Sample(
                                "MON-002",
                                canaryBuckets.get(9),
                                (double) canary,
                                baselineBuckets.get(9),
                                (double) baseline,
                                null,
                                null,
                                null,
                                null,
                                BOUNDS,
                                canaryBuckets,
                                baselineBuckets,
                                null),
                        Event.Sample.rate("MON-003", random.nextInt(9), canary, random.nextInt(80), baseline)),
                null);
    }

    /** Asked when the last look was told. */
    public Event.RouterRead read(double weight) {
        return new Event.RouterRead("read", weight, canarySoFar, baselineSoFar, 3, true, null, told);
    }

    /** How many numbers a look brings, its times and bounds aside. */
    public static int numbers(Event.Looked look) {
        int numbers = 0;
        for (Event.Sample sample : look.samples()) {
            numbers += 4
                    + (sample.canaryBuckets() == null
                            ? 0
                            : sample.canaryBuckets().size())
                    + (sample.baselineBuckets() == null
                            ? 0
                            : sample.baselineBuckets().size());
        }
        return numbers;
    }

    private List<Double> buckets(long requests) {
        double[] counts = new double[BOUNDS.size() + 1];
        for (long i = 0; i < requests; i++) {
            double seconds = 0.08 * Math.exp(0.7 * random.nextGaussian());
            int bucket = 0;
            while (bucket < BOUNDS.size() && seconds > BOUNDS.get(bucket)) {
                bucket++;
            }
            counts[bucket]++;
        }
        List<Double> list = new ArrayList<>();
        for (double count : counts) {
            list.add(count);
        }
        return list;
    }
}
