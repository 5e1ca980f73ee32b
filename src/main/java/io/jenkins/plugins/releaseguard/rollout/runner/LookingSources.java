// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.metric.AnsweredSamples;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One question to all sources of a release, each in the share of its own destination and with a deadline that begins with its own call:
 * one that says nothing is silent for its own metrics alone.
 */
final class LookingSources implements Lane.Pending {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final List<Metric> metrics;
    private final List<Part> parts;
    private final SteadyClock clock;
    private final Supplier<Interval> interval;
    private final Answer<List<Event.Sample>> answer;
    private final List<Lane.Pending> asked = new ArrayList<>();
    private final List<Event.Sample> said = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();
    private Interval asksFor;
    private int answers;
    private Duration queued = Duration.ZERO;
    private Duration took = Duration.ZERO;

    /** Whom to ask, and for what. */
    record Part(Place place, Supplier<MetricSource> source, List<Metric> metrics) {}

    /** What is asked for, in the release's time. */
    record Interval(Instant from, Instant to) {}

    private LookingSources(
            List<Metric> metrics,
            List<Part> parts,
            SteadyClock clock,
            Supplier<Interval> interval,
            Answer<List<Event.Sample>> answer) {
        this.metrics = metrics;
        this.parts = parts;
        this.clock = clock;
        this.interval = interval;
        this.answer = answer;
    }

    /**
     * @param interval called when the first source is really asked
     * @param answer hears, when the last source has answered or its time is up, a sample for each of {@code metrics} where some source
     *     answered, else null; the failure where some source failed; and the longest times
     */
    static Lane.Pending ask(
            Lane lane,
            List<Metric> metrics,
            List<Part> parts,
            SteadyClock clock,
            Supplier<Interval> interval,
            Answer<List<Event.Sample>> answer) {
        LookingSources all = new LookingSources(metrics, parts, clock, interval, answer);
        boolean whole = false;
        try {
            for (Part part : parts) {
                all.asked.add(lane.ask(
                        part.place(),
                        LIMIT,
                        Work.asynchronous(blocking -> all.begin(part, blocking)),
                        (samples, error, times) -> all.heard(part, samples, error, times)));
            }
            whole = true;
        } finally {
            if (!whole) {
                all.drop();
            }
        }
        return all;
    }

    private CompletableFuture<List<Event.Sample>> begin(Part part, Executor blocking) {
        Interval asked = interval();
        return part.source()
                .get()
                .readAsync(part.metrics(), clock.inTheWorld(asked.from), clock.inTheWorld(asked.to), blocking);
    }

    /** The first source's time is all others'; one alone may be begun again, and is asked for the time up to then. */
    private synchronized Interval interval() {
        if (asksFor == null || parts.size() == 1) {
            asksFor = interval.get();
        }
        return asksFor;
    }

    private void heard(Part part, List<Event.Sample> samples, Exception error, Answer.Times times) {
        Runnable last;
        synchronized (this) {
            note(part, samples, error);
            queued = longer(queued, times.queued());
            took = longer(took, times.took());
            answers++;
            if (answers < parts.size()) {
                return;
            }
            last = answer();
        }
        last.run();
    }

    private Runnable answer() {
        Answer.Times times = new Answer.Times(queued, took);
        Exception failure = failures.isEmpty() ? null : failures.get(0);
        if (failures.size() == parts.size()) {
            String why = failures.stream().map(Performer::text).distinct().collect(Collectors.joining("; "));
            Exception all = failures.size() == 1 ? failure : new SourceException(why, failure);
            return () -> answer.answered(null, all, times);
        }
        try {
            List<Event.Sample> samples = AnsweredSamples.inOrder(metrics, said);
            return () -> answer.answered(samples, failure, times);
        } catch (SourceException e) {
            return () -> answer.answered(null, e, times);
        }
    }

    private void note(Part part, List<Event.Sample> samples, Exception error) {
        Exception failure = error;
        if (failure == null) {
            try {
                said.addAll(AnsweredSamples.inOrder(part.metrics(), samples));
                return;
            } catch (SourceException e) {
                failure = e;
            } catch (RuntimeException | Error e) {
                // a list of another plugin: nobody would ever hear of the look
                failure = new SourceException("what the source said can't be read: " + e, e);
            }
        }
        failures.add(failure);
        String why = Performer.text(failure);
        part.metrics().forEach(metric -> said.add(Event.Sample.none(metric.id(), why)));
    }

    @Override
    public void drop() {
        asked.forEach(Lane.Pending::drop);
    }

    @Override
    public Duration waited() {
        return asked.stream().map(Lane.Pending::waited).reduce(Duration.ZERO, LookingSources::longer);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
