// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.AnsweredSamples;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
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
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Asks each metric's own source, by the id that the contract gives. A source that fails fails the look: half a look is none. */
@Restricted(NoExternalUse.class)
public final class SourcesById implements MetricSource {
    private final Supplier<ItemGroup<?>> place;
    private final Supplier<List<Metric>> watched;
    private final Map<String, MetricSource> connected = new ConcurrentHashMap<>();

    public SourcesById(Supplier<ItemGroup<?>> place) {
        this(place, List::of);
    }

    /** @param watched the metrics that looks ask for, which say where looks go */
    public SourcesById(Supplier<ItemGroup<?>> place, Supplier<List<Metric>> watched) {
        this.place = place;
        this.watched = watched;
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

    /** All sources side by side. */
    @Override
    public CompletableFuture<List<Event.Sample>> readAsync(
            List<Metric> metrics, Instant from, Instant to, Executor blocking) {
        Scope scope = new Scope();
        CompletableFuture<Map<String, Event.Sample>> all = CompletableFuture.completedFuture(Map.of());
        for (Map.Entry<String, List<Metric>> asked : bySource(metrics).entrySet()) {
            CompletableFuture<List<Event.Sample>> one =
                    scope.start(() -> source(asked.getKey()).readAsync(asked.getValue(), from, to, blocking));
            all = all.thenCombine(
                    one.thenApply(Scope.checked(answer -> AnsweredSamples.inOrder(asked.getValue(), answer))),
                    SourcesById::with);
        }
        return scope.answer(all.thenApply(
                samples -> metrics.stream().map(m -> samples.get(m.id())).toList()));
    }

    private static Map<String, Event.Sample> with(Map<String, Event.Sample> samples, List<Event.Sample> more) {
        Map<String, Event.Sample> both = new LinkedHashMap<>(samples);
        more.forEach(s -> both.put(s.metric(), s));
        return both;
    }

    private static Map<String, List<Metric>> bySource(List<Metric> metrics) {
        Map<String, List<Metric>> bySource = new LinkedHashMap<>();
        metrics.forEach(m ->
                bySource.computeIfAbsent(m.source(), id -> new ArrayList<>()).add(m));
        return bySource;
    }

    /** All that the release's metrics are asked of. */
    @Override
    public String destination() {
        return watched.get().stream()
                .map(Metric::source)
                .distinct()
                .sorted()
                .map(this::destination)
                .collect(Collectors.joining(" "));
    }

    private String destination(String id) {
        try {
            return source(id).destination();
        } catch (SourceException e) {
            // asking it fails at once
            return id;
        }
    }

    /** Kept for the release, since a source remembers the end of the last look; a change of its set-up counts from the next release. */
    private MetricSource source(String id) throws SourceException {
        MetricSource source = connected.get(id);
        if (source == null) {
            source = Setups.source(place.get(), id);
            connected.put(id, source);
        }
        return source;
    }
}
