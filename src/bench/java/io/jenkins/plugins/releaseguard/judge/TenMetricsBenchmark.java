// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.judge.oneshot.Comparison;
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

/** Ten metrics, judged once and watched, beside commons-statistics and what Kayenta computes, on the same samples. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class TenMetricsBenchmark {
    static final int METRICS = 10;

    @Param({"1000"})
    int samples;

    private final List<double[]> baseline = new ArrayList<>();
    private final List<double[]> canary = new ArrayList<>();
    private final List<MetricLook> looks = new ArrayList<>();
    private List<MetricConfig> metrics;
    private JudgeConfig watch;
    private WatchState state;
    private Look look;

    @Setup
    public void draw() {
        metrics = IntStream.range(0, METRICS)
                .mapToObj(i -> MetricConfig.builder("m" + i, MetricKind.LATENCY)
                        .allow(Allow.percent(10))
                        .build())
                .toList();
        for (int i = 0; i < METRICS; i++) {
            baseline.add(series(2 * i, 100));
            canary.add(series(2 * i + 1, 101));
            looks.add(MetricLook.values("m" + i, SampleValues.of(baseline.get(i)), SampleValues.of(canary.get(i))));
        }
        watch = JudgeConfig.of(0.05, metrics, List.of(0.5));
        look = new Look(0, 30, Double.NaN, Double.NaN, looks);
        state = Watch.look(watch, Watch.start(watch), look).state();
        agree();
    }

    /** The rivals compute what they claim: the same limits as ours, within the root finder's tolerance. */
    private void agree() {
        double[] x = canary.get(0).clone();
        double[] y = baseline.get(0).clone();
        double[] theirs = KayentaCost.interval(x, y);
        java.util.Arrays.sort(x);
        java.util.Arrays.sort(y);
        double exact = Shift.of(x, y, 0.98).lower();
        if (!(Math.abs(theirs[0] - exact) < 0.01)) {
            throw new IllegalStateException("limits differ: " + theirs[0] + " and " + exact);
        }
    }

    private double[] series(int seed, double median) {
        Random r = new Random(seed);
        return IntStream.range(0, samples)
                .mapToDouble(i -> median * Math.exp(0.5 * r.nextGaussian()))
                .toArray();
    }

    /** All tests: location with interval, spread, zeros, tail. */
    @Benchmark
    public Object once() {
        return new Comparison(0.05, 95, 75).judge(metrics, looks, Map.of());
    }

    /** Location, spread and the confidence sequence. */
    @Benchmark
    public Object aLook() {
        return Watch.look(watch, state, look);
    }

    /** Rank tests alone, without interval. */
    @Benchmark
    public double commonsStatistics() {
        double sum = 0;
        for (int i = 0; i < METRICS; i++) {
            sum += MannWhitneyUTest.withDefaults()
                    .with(PValueMethod.ASYMPTOTIC)
                    .test(canary.get(i), baseline.get(i))
                    .getPValue();
        }
        return sum;
    }

    @Benchmark
    public double kayenta() {
        double sum = 0;
        for (int i = 0; i < METRICS; i++) {
            sum += KayentaCost.interval(canary.get(i), baseline.get(i))[0];
        }
        return sum;
    }
}
