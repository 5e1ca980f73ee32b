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
     * One metric over a period that may be too long for what a look reads: days of an objective. A source whose server can sum up has it do
     * so; this one, the usual, reads it as one look. Told as by {@link #read}; a side that the source knows nothing of is null also where
     * {@code missing} says why, and the other side's numbers count all the same.
     */
    default Event.Sample readPeriod(Metric metric, Instant from, Instant to)
            throws SourceException, InterruptedException {
        List<Metric> asked = List.of(metric);
        return AnsweredSamples.inOrder(asked, read(asked, from, to)).get(0);
    }

    /**
     * How far back a source has data of a metric: what a server has dropped, or never had, no sum over a period shows.
     *
     * @return when the oldest sample after {@code from} was taken, to a hundredth of the time to {@code to}; null where the source can't say
     */
    default Instant oldest(Metric metric, Instant from, Instant to) throws SourceException, InterruptedException {
        return null;
    }

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

    /**
     * Asked once, before any traffic moves and only of the last good version, since the new one may not run yet: does each series
     * exist, was it scraped in the time from {@code since} to {@code at}, does its unit fit? A source that can't be asked such things
     * leaves this as it is.
     *
     * @param since how far back a scrape may lie: what is older would be silence
     * @param blocking for work that has to wait
     * @return fails with a {@link SourceException} where the source doesn't answer; cancelled, the call is given up
     */
    default CompletableFuture<SourceExamination> examineAsync(
            List<Metric> metrics, Instant since, Instant at, Executor blocking) {
        return CompletableFuture.completedFuture(SourceExamination.NONE);
    }
}
