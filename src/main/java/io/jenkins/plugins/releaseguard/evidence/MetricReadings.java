// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Metric;
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
}
