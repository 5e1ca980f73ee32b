// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import java.io.IOException;
import java.time.Duration;

/** Reads a metric of the environment as it is now. */
@Beta
@FunctionalInterface
public interface MetricReadings {
    /**
     * The metric over the last {@code window} on a {@code track}: canary, stable, baseline or all.
     *
     * @throws IOException the source refused, timed out or answered nothing that can be used
     */
    MetricReading read(Metric metric, Duration window, String track) throws IOException, InterruptedException;

    /**
     * The same of a latency's quantile, a fraction.
     *
     * @throws UnavailableException where it is none that the source tells
     */
    default MetricReading read(Metric metric, double quantile, Duration window, String track)
            throws IOException, InterruptedException {
        if (metric.kind() == Metric.Kind.LATENCY && quantile != metric.tail()) {
            throw new UnavailableException(
                    "only " + ThresholdTerms.quantileName(metric.tail()) + " of " + metric.id() + " can be read here",
                    "give a limit of that");
        }
        return read(metric, window, track);
    }
}
