// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Metric;
import java.io.IOException;
import java.time.Duration;

/** Reads a metric of the environment as it is now, before the release. */
@FunctionalInterface
public interface MetricReadings {
    /**
     * The metric over the last {@code window}.
     *
     * @throws IOException the source refused, timed out or answered nothing that can be used
     */
    MetricReading read(Metric metric, Duration window) throws IOException, InterruptedException;
}
