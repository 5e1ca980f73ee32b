// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.AnsweredSamples;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Asks each metric's own source, by the id that the contract gives. */
@Restricted(NoExternalUse.class)
public final class SourcesById implements MetricSource {
    private final Supplier<SetupUser> user;
    private final Map<String, MetricSource> connected = new ConcurrentHashMap<>();

    public SourcesById(Supplier<SetupUser> user) {
        this.user = user;
    }

    @Override
    public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException {
        Map<String, Event.Sample> samples = new LinkedHashMap<>();
        for (Map.Entry<String, List<Metric>> asked : bySource(metrics).entrySet()) {
            List<Event.Sample> answer = source(asked.getKey()).read(asked.getValue(), from, to);
            AnsweredSamples.inOrder(asked.getValue(), answer).forEach(s -> samples.put(s.metric(), s));
        }
        return metrics.stream().map(m -> samples.get(m.id())).toList();
    }

    @Override
    public Event.Sample readPeriod(Metric metric, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return source(metric.source()).readPeriod(metric, from, to);
    }

    @Override
    public Instant oldest(Metric metric, Instant from, Instant to) throws SourceException, InterruptedException {
        return source(metric.source()).oldest(metric, from, to);
    }

    /** Each metric's own source, which is connected when it is first asked. */
    @Override
    public List<Part> parts(List<Metric> metrics) {
        return bySource(metrics).entrySet().stream()
                .map(asked -> new Part(new ById(asked.getKey()), asked.getValue()))
                .toList();
    }

    private static Map<String, List<Metric>> bySource(List<Metric> metrics) {
        Map<String, List<Metric>> bySource = new LinkedHashMap<>();
        metrics.forEach(m ->
                bySource.computeIfAbsent(m.source(), id -> new ArrayList<>()).add(m));
        return bySource;
    }

    /** One of the sources. */
    private final class ById implements MetricSource {
        private final String id;

        ById(String id) {
            this.id = id;
        }

        @Override
        public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
                throws SourceException, InterruptedException {
            return source(id).read(metrics, from, to);
        }

        @Override
        public CompletableFuture<List<Event.Sample>> readAsync(
                List<Metric> metrics, Instant from, Instant to, Executor blocking) {
            try {
                return source(id).readAsync(metrics, from, to, blocking);
            } catch (SourceException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public CompletableFuture<SourceExamination> examineAsync(
                List<Metric> metrics, Instant since, Instant at, Executor blocking) {
            try {
                return source(id).examineAsync(metrics, since, at, blocking);
            } catch (SourceException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public String destination() {
            try {
                return source(id).destination();
            } catch (SourceException e) {
                // asking it fails at once
                return id;
            }
        }
    }

    /** Kept for the release, since a source remembers the end of the last look; a change of its set-up counts from the next release. */
    private MetricSource source(String id) throws SourceException {
        MetricSource source = connected.get(id);
        if (source == null) {
            source = Setups.source(user.get(), id);
            connected.put(id, source);
        }
        return source;
    }
}
