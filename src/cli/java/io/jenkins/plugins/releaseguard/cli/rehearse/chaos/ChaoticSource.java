// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Port;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.forecast.BaselineAlone;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A metric source that refuses, hangs and lies as the faults want it to. */
final class ChaoticSource implements MetricSource {
    private static final int MANY_VALUES = 100_000;
    private static final int SOME_VALUES = 1000;

    private final MetricSource real;
    private final Chaos chaos;
    private final Runnable setUp;
    private final Interference interference;

    /** @param setUp throws where the set-up is gone */
    ChaoticSource(MetricSource real, Chaos chaos, Runnable setUp) {
        this.real = real;
        this.chaos = chaos;
        this.setUp = setUp;
        this.interference = new Interference(chaos, Port.SOURCE, SourceException::new);
    }

    @Override
    public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return real.read(metrics, from, to);
    }

    @Override
    public Event.Sample readPeriod(Metric metric, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return real.readPeriod(metric, from, to);
    }

    @Override
    public CompletableFuture<List<Event.Sample>> readAsync(
            List<Metric> metrics, Instant from, Instant to, Executor blocking) {
        Interference.Call<List<Event.Sample>> call = threads -> {
            CompletableFuture<List<Event.Sample>> truth = real.readAsync(metrics, from, to, threads);
            return chaos.is(FaultKind.CANARY_SILENT) ? truth.thenApply(ChaoticSource::withoutCanary) : truth;
        };
        return interference.call(
                blocking, call, manner -> call.begin(blocking).thenApply(samples -> odd(manner, samples)));
    }

    @Override
    public String destination() {
        setUp.run();
        return real.destination();
    }

    private List<Event.Sample> odd(Manner manner, List<Event.Sample> truth) {
        return switch (manner) {
            case WRONG -> wrong(truth);
            case HUGE -> truth.stream().map(this::huge).toList();
            default -> truth.subList(0, truth.size() / 2);
        };
    }

    private List<Event.Sample> wrong(List<Event.Sample> truth) {
        int how = chaos.random(5);
        if (how == 0) {
            List<Event.Sample> twice = new ArrayList<>(truth);
            twice.addAll(truth);
            return twice;
        }
        return truth.stream()
                .map(sample -> switch (how) {
                    case 1 -> Event.Sample.rate(sample.metric(), Double.NaN, Double.NaN, Double.NaN, Double.NaN);
                    case 2 -> Event.Sample.rate(sample.metric(), 50, 10, -3, -1);
                    case 3 -> Event.Sample.rate("of-nobody", 0, 100, 0, 100);
                    default -> Event.Sample.rate(sample.metric(), 0, Double.POSITIVE_INFINITY, 0, 1e300);
                })
                .toList();
    }

    private Event.Sample huge(Event.Sample of) {
        List<Double> values = Collections.nCopies(chaos.random(10) == 0 ? MANY_VALUES : SOME_VALUES, 1.0);
        return new Event.Sample(of.metric(), 0.0, 1.0, 0.0, 1.0, values, values, null, null, null);
    }

    private static List<Event.Sample> withoutCanary(List<Event.Sample> samples) {
        return samples.stream().map(s -> BaselineAlone.of(s, null)).toList();
    }
}
