// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.judge.kayenta.Kayenta;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaConfig;
import io.jenkins.plugins.releaseguard.judge.oneshot.Comparison;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
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

/** One-shot and streaming judge by number of samples a side, beside commons-statistics and Kayenta's algorithm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class JudgeBenchmark {
    @Param({"100", "1000", "10000", "100000", "1000000"})
    int samples;

    private double[] baseline;
    private double[] canary;
    private List<MetricConfig> ten;
    private List<MetricLook> looks;
    private JudgeConfig watch;
    private WatchState state;
    private Look look;

    @Setup
    public void draw() {
        baseline = series(1, 100);
        canary = series(2, 103);
        ten = IntStream.range(0, 10)
                .mapToObj(i -> MetricConfig.builder("m" + i, MetricKind.LATENCY)
                        .allow(Allow.percent(10))
                        .build())
                .toList();
        looks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            looks.add(MetricLook.values(
                    "m" + i, SampleValues.of(series(2 * i, 100)), SampleValues.of(series(2 * i + 1, 101))));
        }
        watch = JudgeConfig.of(0.05, ten.subList(0, 1), List.of(0.5));
        look = new Look(0, 30, Double.NaN, Double.NaN, looks.subList(0, 1));
        state = Watch.look(watch, Watch.start(watch), look).state();
    }

    private double[] series(int seed, double median) {
        Random r = new Random(seed);
        return IntStream.range(0, samples)
                .mapToDouble(i -> median * Math.exp(0.5 * r.nextGaussian()))
                .toArray();
    }

    @Benchmark
    public Object tenMetricsOnce() {
        return new Comparison(0.05, 95, 75).judge(ten, looks, Map.of());
    }

    @Benchmark
    public Object oneMetricALook() {
        return Watch.look(watch, state, look);
    }

    @Benchmark
    public Object rankTest() {
        return MannWhitney.of(sorted(canary), sorted(baseline));
    }

    @Benchmark
    public Object rankTestOfCommonsStatistics() {
        return MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(canary, baseline);
    }

    @Benchmark
    public Object rankTestAndShift() {
        double[] x = sorted(canary);
        double[] y = sorted(baseline);
        return Shift.of(x, y, 0.98);
    }

    @Benchmark
    public Object kayenta() {
        return new Kayenta(KayentaConfig.USUAL).judge(Worse.HIGHER, true, baseline, canary);
    }

    private static double[] sorted(double[] v) {
        double[] s = v.clone();
        java.util.Arrays.sort(s);
        return s;
    }
}
