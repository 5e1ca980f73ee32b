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
    @Override
    public MetricReading read(Metric metric, Duration window, String track) throws IOException, InterruptedException {
        return read(metric, metric.tail(), window, track);
    }

    @Override
    public MetricReading read(Metric metric, double quantile, Duration window, String track)
            throws IOException, InterruptedException {
        Instant to = clock.instant();
        try {
            List<Metric> asked = List.of(metric);
            Event.Sample sample = AnsweredSamples.inOrder(asked, source.read(asked, to.minus(window), to))
                    .get(0);
            if (sample.missing() != null) {
                throw new IOException(sample.missing());
            }
            boolean canary = track.equals("canary");
            Event.Sample told = track.equals("all") ? both(sample) : sample;
            return new MetricReading(
                    MetricLevel.of(metric, quantile, told, canary),
                    number(canary ? told.canaryErrors() : told.baselineErrors()),
                    number(canary ? told.canaryTotal() : told.baselineTotal()),
                    to,
                    metric.source());
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
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
