// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.MetricReadings;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.AnsweredSamples;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.trigger.MetricLevel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A metric as it is now, for the gate's checks, from the source that the release watches.
 *
 * @param clock the source's time
 */
public record SourceReadings(MetricSource source, InstantSource clock) implements MetricReadings {
    /** Beyond it the scrapes of a period are no longer read one by one. */
    private static final Duration LONGEST_LOOK = Duration.ofHours(1);

    @Override
    public MetricReading read(Metric metric, Duration window, String track) throws IOException, InterruptedException {
        return read(metric, metric.tail(), window, track);
    }

    @Override
    public MetricReading read(Metric metric, double quantile, Duration window, String track)
            throws IOException, InterruptedException {
        Instant to = clock.instant();
        try {
            Event.Sample sample = sample(metric, to.minus(window), to);
            boolean canary = knows(sample.canaryTotal(), sample.canaryErrors(), sample.canaryValues());
            boolean baseline = knows(sample.baselineTotal(), sample.baselineErrors(), sample.baselineValues());
            boolean sided = track.equals("all") ? canary || baseline : track.equals("canary") ? canary : baseline;
            // two histograms without a common bound have no number at any limit
            boolean contradicts = sample.bounds() != null && sample.bounds().isEmpty() && canary && baseline;
            if (sample.missing() != null && (!sided || contradicts)) {
                throw new IOException(sample.missing());
            }
            String looked = sample.missing() == null || canary == baseline
                    ? metric.source()
                    : metric.source() + (canary ? ", the canary alone" : ", the baseline alone");
            boolean ofCanary = track.equals("canary");
            Event.Sample told = track.equals("all") ? both(sample) : sample;
            return new MetricReading(
                    MetricLevel.of(metric, quantile, told, ofCanary),
                    number(ofCanary ? told.canaryErrors() : told.baselineErrors()),
                    number(ofCanary ? told.canaryTotal() : told.baselineTotal()),
                    to,
                    looked,
                    isPeriod(window) ? source.oldest(metric, to.minus(window), to) : null);
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Event.Sample sample(Metric metric, Instant from, Instant to) throws SourceException, InterruptedException {
        List<Metric> asked = List.of(metric);
        return isPeriod(Duration.between(from, to))
                ? source.readPeriod(metric, from, to)
                : AnsweredSamples.inOrder(asked, source.read(asked, from, to)).get(0);
    }

    private static boolean isPeriod(Duration window) {
        return window.compareTo(LONGEST_LOOK) > 0;
    }

    private static boolean knows(Double total, Double errors, List<Double> values) {
        return total != null || errors != null || values != null;
    }

    /** Both sides as one. A side that says nothing adds nothing. */
    private static Event.Sample both(Event.Sample s) {
        return new Event.Sample(
                s.metric(),
                null,
                null,
                sum(s.canaryErrors(), s.baselineErrors()),
                sum(s.canaryTotal(), s.baselineTotal()),
                null,
                joined(s.canaryValues(), s.baselineValues()),
                null,
                s.canaryBuckets() != null && s.baselineBuckets() != null
                        ? null
                        : either(s.canaryQuantiles(), s.baselineQuantiles()),
                s.bounds(),
                null,
                summed(s.canaryBuckets(), s.baselineBuckets()),
                null);
    }

    private static Double sum(Double one, Double other) {
        return one == null || other == null ? one == null ? other : one : Double.valueOf(one + other);
    }

    private static <T> T either(T one, T other) {
        return other == null ? one : other;
    }

    private static List<Double> joined(List<Double> one, List<Double> other) {
        return one == null || other == null
                ? either(one, other)
                : Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<Double> summed(List<Double> one, List<Double> other) {
        return one == null || other == null || one.size() != other.size()
                ? either(one, other)
                : IntStream.range(0, one.size())
                        .mapToObj(i -> one.get(i) + other.get(i))
                        .toList();
    }

    private static double number(Double value) {
        return value == null ? Double.NaN : value;
    }
}
