// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A look of ten metrics by its own samples and by how many looks went before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookBenchmark {
    @Param({"100", "1000", "10000"})
    int samples;

    @Param({"1", "100", "10000"})
    int history;

    private JudgeConfig config;
    private WatchState state;
    private Look next;

    @Setup
    public void past() {
        List<MetricConfig> metrics = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            metrics.add(MetricConfig.builder("l" + i, MetricKind.LATENCY)
                    .allow(Allow.percent(10))
                    .build());
            metrics.add(MetricConfig.of("e" + i, MetricKind.RATE));
        }
        config = JudgeConfig.of(0.05, metrics, List.of(0.5));
        Random r = new Random(1);
        Look small = look(r, 10);
        state = Watch.start(config);
        for (int i = 0; i < history; i++) {
            state = Watch.look(config, state, small).state();
        }
        next = look(r, samples);
    }

    private static Look look(Random r, int samples) {
        List<MetricLook> looks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            looks.add(MetricLook.values("l" + i, durations(r, samples), durations(r, samples)));
            looks.add(MetricLook.counts(
                    "e" + i, new Counts(r.nextInt(samples / 5), samples), new Counts(r.nextInt(samples / 5), samples)));
        }
        return new Look(0, 30, samples, samples, looks);
    }

    private static SampleValues durations(Random r, int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = 100 * Math.exp(0.5 * r.nextGaussian());
        }
        return SampleValues.of(v);
    }

    @Benchmark
    public Object look() {
        return Watch.look(config, state, next);
    }
}
