// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.List;

/**
 * Where numbers come from. A source says what it knows of an interval and nothing else: no smoothing, no last known value, no
 * zero for silence.
 */
@Beta
public interface MetricSource {
    /**
     * One sample a metric, in the order asked, for the interval from {@code from} (exclusive) to {@code to} (inclusive). A metric
     * the source answered for but has nothing about has {@code missing} set; {@link SourceException} is for a source that did not
     * answer, or whose answer can't be believed.
     */
    List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException;
}
