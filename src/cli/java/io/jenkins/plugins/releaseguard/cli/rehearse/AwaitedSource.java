// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A source for whose answers time waits: on a busy machine it is that, and not the source, which keeps silent. It doesn't say how far back
 * its data reach, which is as far as the rehearsal does.
 */
record AwaitedSource(MetricSource source, PatientTimer timer) implements MetricSource {
    @Override
    public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return source.read(metrics, from, to);
    }

    @Override
    public Event.Sample readPeriod(Metric metric, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return source.readPeriod(metric, from, to);
    }

    @Override
    public CompletableFuture<List<Event.Sample>> readAsync(
            List<Metric> metrics, Instant from, Instant to, Executor blocking) {
        return timer.waitFor(source.readAsync(metrics, from, to, blocking));
    }

    @Override
    public CompletableFuture<SourceExamination> examineAsync(
            List<Metric> metrics, Instant since, Instant at, Executor blocking) {
        return timer.waitFor(source.examineAsync(metrics, since, at, blocking));
    }

    @Override
    public String destination() {
        return source.destination();
    }
}
