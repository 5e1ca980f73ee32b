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

/**
 * A metric as it is now, for the gate's checks, from the source that the release watches.
 *
 * @param clock the source's time
 */
public record SourceReadings(MetricSource source, InstantSource clock) implements MetricReadings {
    @Override
    public MetricReading read(Metric metric, Duration window, String track) throws IOException, InterruptedException {
        Instant to = clock.instant();
        try {
            List<Metric> asked = List.of(metric);
            Event.Sample sample = AnsweredSamples.inOrder(asked, source.read(asked, to.minus(window), to))
                    .get(0);
            if (sample.missing() != null) {
                throw new IOException(sample.missing());
            }
            boolean canary = track.equals("canary");
            return new MetricReading(
                    canary ? MetricLevel.canary(metric, sample) : MetricLevel.baseline(metric, sample),
                    number(canary ? sample.canaryErrors() : sample.baselineErrors()),
                    number(canary ? sample.canaryTotal() : sample.baselineTotal()),
                    to,
                    metric.source());
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double number(Double value) {
        return value == null ? Double.NaN : value;
    }
}
