// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WatchPropertyTest {
    private static final int TRIES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static MetricConfig rate() {
        return MetricConfig.of("e", MetricKind.RATE);
    }

    private static MetricConfig latency() {
        return MetricConfig.builder("l", MetricKind.LATENCY)
                .allow(Allow.percent(5))
                .build();
    }

    private static JudgeConfig config(MetricConfig... m) {
        return JudgeConfig.of(0.05, List.of(m), List.of(0.05, 0.5));
    }

    private static List<Double> durations(Random r, int n, double median) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = median * Math.exp(0.6 * r.nextGaussian());
        }
        return SampleValues.of(v);
    }

    private static List<Double> times(List<Double> v, double factor) {
        return v.stream().map(x -> x * factor).toList();
    }

    private static WatchStep run(JudgeConfig c, List<Look> looks) {
        WatchStep step = new WatchStep(Watch.start(c), null);
        for (Look l : looks) {
            step = Watch.look(c, step.state(), l);
        }
        return step;
    }

    private static Look values(int phase, List<Double> baseline, List<Double> canary) {
        return new Look(phase, 30, Double.NaN, Double.NaN, List.of(MetricLook.values("l", baseline, canary)));
    }

    private static Look errors(int phase, double b, double nb, double c, double nc) {
        return new Look(phase, 30, nb, nc, List.of(MetricLook.counts("e", new Counts(b, nb), new Counts(c, nc))));
    }

    @Property(tries = TRIES)
    void scaleChangesNothing(@ForAll Random r, @ForAll @IntRange(min = -20, max = 20) int power) {
        double scale = Math.pow(2, power);
        List<Look> plain = new ArrayList<>();
        List<Look> scaled = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<Double> b = durations(r, 40, 100);
            List<Double> c = durations(r, 12, 112);
            plain.add(values(0, b, c));
            scaled.add(values(0, times(b, scale), times(c, scale)));
        }
        LookVerdict a = run(config(latency()), plain).verdict();
        LookVerdict z = run(config(latency()), scaled).verdict();
        assertThat(z.e()).isEqualTo(a.e());
        assertThat(z.action()).isEqualTo(a.action());
        assertThat(z.findings().get(0).effect()).isEqualTo(a.findings().get(0).effect());
    }

    @Property(tries = TRIES)
    void decimalScalesGiveTheSameVerdict(@ForAll Random r) {
        List<Double> b = durations(r, 60, 100);
        List<Double> c = durations(r, 30, 130);
        List<Action> actions = new ArrayList<>();
        for (double scale : new double[] {1, 1e-6, 1e6}) {
            actions.add(run(config(latency()), Collections.nCopies(8, values(0, times(b, scale), times(c, scale))))
                    .verdict()
                    .action());
        }
        assertThat(actions).containsOnly(actions.get(0));
    }

    @Property(tries = TRIES)
    void aGaugeMayBeShifted(@ForAll Random r, @ForAll @IntRange(min = -1000, max = 1000) int shift) {
        MetricConfig gauge = MetricConfig.builder("l", MetricKind.GAUGE)
                .allow(Allow.absolute(0.25))
                .build();
        List<Look> plain = new ArrayList<>();
        List<Look> shifted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // eighths, so that a shift is exact
            List<Double> b = durations(r, 20, 100).stream()
                    .map(v -> Math.rint(v * 8) / 8)
                    .toList();
            List<Double> c = durations(r, 20, 110).stream()
                    .map(v -> Math.rint(v * 8) / 8)
                    .toList();
            plain.add(values(1, b, c));
            shifted.add(values(
                    1,
                    b.stream().map(v -> v + shift).toList(),
                    c.stream().map(v -> v + shift).toList()));
        }
        MetricState a = run(config(gauge), plain).state().metrics().get("l");
        MetricState z = run(config(gauge), shifted).state().metrics().get("l");
        assertThat(z.main().up().harm()).isEqualTo(a.main().up().harm());
    }

    @Property(tries = TRIES)
    void theOrderOfSamplesDoesNotMatter(@ForAll Random r) {
        List<Double> b = durations(r, 40, 100);
        List<Double> c = durations(r, 20, 110);
        List<Double> mixed = new ArrayList<>(c);
        Collections.shuffle(mixed, r);
        assertThat(run(config(latency()), List.of(values(0, b, mixed))).state())
                .isEqualTo(run(config(latency()), List.of(values(0, b, c))).state());
    }

    @Property(tries = TRIES)
    void moreErrorsNeverMeanLessEvidence(
            @ForAll Random r, @ForAll @IntRange(min = 1, max = 40) int more, @ForAll @IntRange(max = 1) int phase) {
        double share = phase == 0 ? 0.05 : 0.5;
        List<Look> less = new ArrayList<>();
        List<Look> worse = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double nc = 1000 * share;
            double nb = 1000 - nc;
            double b = r.nextInt(400);
            double c = r.nextInt(9);
            less.add(errors(phase, Math.min(b, nb), nb, c, nc));
            worse.add(errors(phase, Math.min(b, nb), nb, Math.min(nc, c + r.nextInt(more + 1)), nc));
        }
        assertThat(run(config(rate()), worse).verdict().e())
                .isGreaterThanOrEqualTo(run(config(rate()), less).verdict().e() * (1 - 1e-5));
    }

    @Property(tries = TRIES)
    void slowerNeverMeansLessEvidenceOfALocationShift(
            @ForAll Random r, @ForAll @DoubleRange(min = 1, max = 3) double factor) {
        List<Look> less = new ArrayList<>();
        List<Look> worse = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<Double> b = durations(r, 40, 100);
            List<Double> c = durations(r, 15, 100);
            less.add(values(0, b, c));
            worse.add(values(0, b, times(c, factor)));
        }
        JudgeConfig c = config(latency());
        assertThat(run(c, worse).state().metrics().get("l").main().up().harm().mean())
                .isGreaterThanOrEqualTo(run(c, less)
                                .state()
                                .metrics()
                                .get("l")
                                .main()
                                .up()
                                .harm()
                                .mean()
                        * (1 - 1e-5));
    }

    @Property(tries = TRIES)
    void anImprovementNeverStops(@ForAll Random r, @ForAll @DoubleRange(min = 0, max = 1) double better) {
        JudgeConfig c = config(rate(), latency());
        WatchState s = Watch.start(c);
        for (int i = 0; i < 60; i++) {
            List<Double> b = durations(r, 30, 100);
            double errors = r.nextInt(60);
            Look l = new Look(
                    1,
                    30,
                    500,
                    500,
                    List.of(
                            MetricLook.counts(
                                    "e", new Counts(errors, 500), new Counts(Math.floor(errors * better), 500)),
                            MetricLook.values("l", b, times(b, better))));
            WatchStep step = Watch.look(c, s, l);
            s = step.state();
            assertThat(step.verdict().action()).isNotEqualTo(Action.STOP);
            assertThat(step.verdict().e()).isLessThanOrEqualTo(1.0);
        }
    }

    @Property(tries = TRIES)
    void sidesAreSymmetric(@ForAll Random r) {
        MetricConfig up = MetricConfig.builder("l", MetricKind.GAUGE).raw(false).build();
        MetricConfig down = up.toBuilder().worse(Worse.LOWER).build();
        List<Look> one = new ArrayList<>();
        List<Look> other = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Double> b = durations(r, 25, 100);
            List<Double> c = durations(r, 25, 120);
            one.add(values(1, b, c));
            other.add(values(1, c, b));
        }
        Capital higher =
                run(config(up), one).state().metrics().get("l").main().up().harm();
        Capital lower = run(config(down), other)
                .state()
                .metrics()
                .get("l")
                .main()
                .down()
                .harm();
        assertThat(lower).isEqualTo(higher);
    }

    @Property(tries = 20)
    void nothingPassesWithoutData(@ForAll @IntRange(min = 1, max = 60) int looks, @ForAll boolean empty) {
        JudgeConfig c = config(rate(), latency());
        Look nothing = new Look(
                0,
                30,
                950,
                50,
                empty
                        ? List.of(
                                MetricLook.counts("e", new Counts(0, 0), new Counts(0, 0)),
                                MetricLook.values("l", List.of(), List.of()))
                        : List.of());
        WatchState s = Watch.start(c);
        for (int i = 0; i < looks; i++) {
            WatchStep step = Watch.look(c, s, nothing);
            s = step.state();
            assertThat(step.verdict().action()).isEqualTo(Action.HOLD);
            assertThat(step.verdict().findings()).noneMatch(f -> f.verdict() == Verdict.PASS);
        }
    }

    @Property(tries = 20)
    void aResumedWatchIsTheSame(@ForAll Random r, @ForAll @IntRange(min = 1, max = 25) int cut) throws Exception {
        JudgeConfig c = config(rate().toBuilder().worse(Worse.EITHER).build(), latency());
        WatchState straight = Watch.start(c);
        WatchState resumed = straight;
        for (int i = 0; i < 30; i++) {
            int phase = i / 15;
            double nc = phase == 0 ? 50 : 500;
            Look l = new Look(
                    phase,
                    30,
                    1000 - nc,
                    nc,
                    List.of(
                            MetricLook.counts("e", new Counts(r.nextInt(20), 1000 - nc), new Counts(r.nextInt(5), nc)),
                            MetricLook.values("l", durations(r, 20, 1), durations(r, 10, 1))));
            straight = Watch.look(c, straight, l).state();
            WatchState back = i == cut ? JSON.readValue(JSON.writeValueAsString(resumed), WatchState.class) : resumed;
            resumed = Watch.look(c, back, l).state();
        }
        assertThat(resumed).isEqualTo(straight);
    }
}
