// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.testing.LookFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AaSimulationTest {
    private static final JudgeConfig CONFIG = JudgeConfig.of(
            0.05,
            List.of(
                    MetricConfig.of("e", MetricKind.RATE),
                    MetricConfig.builder("l", MetricKind.LATENCY)
                            .allow(Allow.percent(10))
                            .build()),
            List.of(0.05, 0.25));

    private static List<Look> looks() {
        SplittableRandom r = new SplittableRandom(5);
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            looks.add(LookFixture.look(r, 0, 0.05, 1, 1));
        }
        return looks;
    }

    @Test
    void tellsFalseStopsAndTimeToDetect() {
        AaSimulation test = new AaSimulation(CONFIG, looks(), 30);
        assertThat(test.run(60, 1, AaSimulation.Harm.NONE).rate()).isLessThanOrEqualTo(0.1);
        AaSimulation.Result errors = test.run(30, 1, new AaSimulation.Harm(3, 1));
        assertThat(errors.rate()).isGreaterThan(0.9);
        assertThat(errors.medianSeconds()).isBetween(30.0, 1800.0);
        assertThat(test.run(30, 1, new AaSimulation.Harm(1, 1.5)).rate()).isGreaterThan(0.9);
    }

    @Test
    void countsWithoutTotalsAreDealtByTheShare() {
        JudgeConfig config = JudgeConfig.of(0.05, List.of(MetricConfig.of("x", MetricKind.COUNT)), List.of(0.05, 0.25));
        SplittableRandom r = new SplittableRandom(6);
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Counts b = new Counts(LookFixture.events(r, 2850, 0.01), Double.NaN);
            Counts c = new Counts(LookFixture.events(r, 150, 0.01), Double.NaN);
            looks.add(new Look(0, 30, 2850, 150, List.of(MetricLook.counts("x", b, c))));
        }
        AaSimulation test = new AaSimulation(config, looks, 30);
        assertThat(test.run(40, 1, AaSimulation.Harm.NONE).rate()).isLessThanOrEqualTo(0.1);
        assertThat(test.run(40, 1, new AaSimulation.Harm(4, 1)).rate()).isGreaterThan(0.9);
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        AaSimulation test = new AaSimulation(CONFIG, looks(), 10);
        assertThat(test.run(10, 3, new AaSimulation.Harm(3, 1)))
                .isEqualTo(test.run(10, 3, new AaSimulation.Harm(3, 1)));
    }

    @Test
    void tooFewLooksAreRefused() {
        assertThatThrownBy(() -> new AaSimulation(CONFIG, looks().subList(0, 3), 10))
                .hasMessageContaining("at least 8");
    }

    /** Histograms are dealt value by value, so that a self-test says something of them, too. */
    @Test
    void bucketsAreDealtAnew() {
        List<Look> looks = new ArrayList<>();
        Buckets b = new Buckets(List.of(50.0, 100.0, 200.0, 400.0), List.of(30.0, 60.0, 60.0, 30.0, 5.0));
        for (int i = 0; i < 20; i++) {
            looks.add(new Look(0, 15, 185, 185, List.of(MetricLook.buckets("lat", b, b))));
        }
        JudgeConfig c = JudgeConfig.of(0.05, List.of(MetricConfig.of("lat", MetricKind.LATENCY)), List.of(0.5));
        AaSimulation simulation = new AaSimulation(c, looks, 60);
        assertThat(simulation.run(20, 1, AaSimulation.Harm.NONE).stopped()).isLessThanOrEqualTo(2);
        assertThat(simulation.run(20, 1, new AaSimulation.Harm(1, 2.5)).stopped())
                .isGreaterThanOrEqualTo(18);
    }
}
