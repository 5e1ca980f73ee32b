// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.async.Callee;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Where numbers come from. A source says what it knows of an interval and nothing else: no smoothing, no last known value, no
 * zero for silence.
 */
@Beta
public interface MetricSource extends Callee {
    /** A source's part of a question to several. */
    record Part(MetricSource source, List<Metric> metrics) {
        public Part {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * What is asked of whom: each part is asked in the share of its own destination and within a deadline of its own, so that a source
     * which hangs or fails is silent for its own metrics alone. A source that joins others names them; the usual one is asked itself.
     * Asked seldom: a part is asked again and again.
     */
    default List<Part> parts(List<Metric> metrics) {
        return List.of(new Part(this, metrics));
    }

    /**
     * One sample a metric, in the order asked, for the interval from {@code from} (exclusive) to {@code to} (inclusive). A metric
     * the source answered for but has nothing about has {@code missing} set; {@link SourceException} is for a source that did not
     * answer, or whose answer can't be believed.
     */
    List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException;

    /**
     * {@link #read} as a call that nobody waits for. A source that can ask without a thread does so; this one, the usual, has
     * {@code read} hold one of {@code blocking}'s.
     *
     * @param blocking for work that has to wait; it may take none: then this throws or fails with a RejectedExecutionException
     * @return fails with what {@code read} throws. Cancelled, the call is given up: {@code read}'s thread is interrupted, and what it
     *     still says is not heard
     */
    default CompletableFuture<List<Event.Sample>> readAsync(
            List<Metric> metrics, Instant from, Instant to, Executor blocking) {
        return Blocking.call(() -> read(metrics, from, to), blocking);
    }
}
