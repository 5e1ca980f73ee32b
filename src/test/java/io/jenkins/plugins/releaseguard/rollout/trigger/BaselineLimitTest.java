// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.metric;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.rate;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The number that a trigger is held against, and the one that is held against it. */
class BaselineLimitTest {
    private static final Metric ERRORS = metric(Metric.Kind.RATE);
    private static final Metric LATENCY = metric(Metric.Kind.LATENCY, "ms", null);
    private static final Metric GAUGE = metric(Metric.Kind.GAUGE);
    private static final Metric COUNT = metric(Metric.Kind.COUNT);

    private static Captured captured(double level, double total) {
        return new Captured(Map.of("MON-001", level), Map.of("MON-001", total), null);
    }

    private static double limit(String threshold, Event.Sample sample, Captured captured) {
        return Baselines.limit(trigger(ERRORS, threshold), sample, true, captured);
    }

    @Test
    void theOldVersionBesideTheNewOneIsTheReference() {
        Event.Sample beside = rate(0, 100, 10, 100);
        assertThat(limit("> 2x baseline", beside, captured(0.01, 1000))).isCloseTo(0.2, within(1e-12));
        assertThat(limit("> baseline + 1%", beside, captured(0.01, 1000))).isCloseTo(0.11, within(1e-12));
        assertThat(limit("> 2%", beside, Captured.NOTHING)).isEqualTo(0.02);
    }

    @Test
    void withoutItTheCaptureIs() {
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 0), captured(0.01, 1000)))
                .isCloseTo(0.02, within(1e-12));
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 0), Captured.NOTHING)).isNaN();
        Trigger twice = trigger(ERRORS, "> 2x baseline");
        assertThat(Baselines.limit(twice, rate(0, 0, 10, 100), false, captured(0.01, 1000)))
                .as("while the old version alone serves it can't be held against itself")
                .isCloseTo(0.02, within(1e-12));
    }

    /** H4: none among n says at most 3/n. */
    @Test
    void noneAmongManyIsALimitAndNoneAmongFewIsNot() {
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 0), captured(0, 6000)))
                .isCloseTo(0.001, within(1e-12));
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 0), captured(0, 6))).isNaN();
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 0), captured(0, 7))).isCloseTo(6.0 / 7, within(1e-12));
        assertThat(Baselines.limit(trigger(COUNT, "> 2x baseline"), 0, Double.NaN))
                .as("a count has no requests")
                .isEqualTo(6);
        assertThat(Baselines.limit(trigger(GAUGE, "> 2x baseline"), 0, Double.NaN))
                .as("a gauge may well be zero")
                .isZero();
        assertThat(Baselines.limit(trigger(ERRORS, "> baseline + 1%"), 0, 5)).isEqualTo(0.01);
    }

    @Test
    void theCaptureKnowsBetterThanALookInWhichNothingWasSeen() {
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 100), captured(0.001, 60_000)))
                .isCloseTo(0.002, within(1e-12));
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 100), captured(0.1, 60_000)))
                .as("unless it is the laxer one")
                .isCloseTo(0.06, within(1e-12));
        assertThat(limit("> 2x baseline", rate(0, 100, 0, 100), Captured.NOTHING))
                .isCloseTo(0.06, within(1e-12));
        assertThat(limit("> 2x baseline", rate(0, 100, 1, 100), captured(0.001, 60_000)))
                .as("one error is seen")
                .isCloseTo(0.02, within(1e-12));
    }

    @Test
    void whatIsMutedOrHasALimitOfItsOwnLacksNoBaseline() {
        assertThat(Captured.NOTHING.lacks(trigger(ERRORS, "> 2x baseline"))).isTrue();
        assertThat(Captured.NOTHING.lacks(trigger(ERRORS, "> baseline + 1%"))).isTrue();
        assertThat(Captured.NOTHING.lacks(trigger(ERRORS, "> 2%"))).isFalse();
        assertThat(captured(0.01, 100).lacks(trigger(ERRORS, "> 2x baseline"))).isFalse();
    }

    @Test
    void aLaterCaptureOnlyAdds() {
        Captured first = Captured.NOTHING.with(new Event.Armed(Map.of("a", 1.0), false, Map.of("a", 10.0), null));
        Captured both = first.with(new Event.Armed(Map.of("a", 2.0, "b", 3.0), false, Map.of("b", 30.0), null));
        assertThat(both.levels()).containsOnly(Map.entry("a", 1.0), Map.entry("b", 3.0));
        assertThat(both.totals()).containsOnly(Map.entry("a", 10.0), Map.entry("b", 30.0));
        assertThat(both.with(new Event.Armed(null, false, null, null))).isEqualTo(both);
    }

    private static Event.Sample values(
            Double errors, List<Double> canary, List<Double> baseline, Map<String, Double> quantiles) {
        return new Event.Sample("MON-001", errors, null, null, null, canary, baseline, quantiles, null, null);
    }

    @Test
    void aRateIsErrorsAmongRequests() {
        assertThat(MetricLevel.canary(ERRORS, rate(3, 100, 5, 50))).isEqualTo(0.03);
        assertThat(MetricLevel.baseline(ERRORS, rate(3, 100, 5, 50))).isEqualTo(0.1);
        assertThat(MetricLevel.canary(ERRORS, rate(0, 0, 5, 50))).isNaN();
        assertThat(MetricLevel.canary(ERRORS, values(3.0, null, null, null))).isNaN();
    }

    @Test
    void aLatencyIsItsNinetyNinthPercentileOrTheMeanOfItsValues() {
        List<Double> values = List.of(100.0, 200.0);
        assertThat(MetricLevel.canary(LATENCY, values(null, values, null, Map.of("p99", 900.0))))
                .isEqualTo(900);
        assertThat(MetricLevel.canary(LATENCY, values(null, values, null, Map.of("p50", 90.0))))
                .isEqualTo(150);
        assertThat(MetricLevel.canary(LATENCY, values(null, values, null, null)))
                .isEqualTo(150);
        assertThat(MetricLevel.canary(LATENCY, values(null, null, null, null))).isNaN();
    }

    @Test
    void aMeanIsThatOfTheNumbersThatAreThere() {
        List<Double> gappy = Arrays.asList(4.0, null, Double.NaN, Double.POSITIVE_INFINITY, 8.0);
        assertThat(MetricLevel.canary(GAUGE, values(null, gappy, null, null))).isEqualTo(6);
        assertThat(MetricLevel.baseline(GAUGE, values(null, null, gappy, null))).isEqualTo(6);
        assertThat(MetricLevel.canary(GAUGE, values(null, List.of(), null, null)))
                .isNaN();
        assertThat(MetricLevel.canary(COUNT, values(7.0, null, null, null))).isEqualTo(7);
        assertThat(MetricLevel.canary(COUNT, values(7.0, List.of(2.0), null, null)))
                .isEqualTo(2);
        assertThat(MetricLevel.canary(COUNT, values(null, null, null, null))).isNaN();
    }

    @Test
    void aThresholdInSecondsIsReadInTheMetricsUnit() {
        assertThat(Units.inUnitOf(LATENCY, 0.5, "s")).isEqualTo(500);
        assertThat(Units.inUnitOf(metric(Metric.Kind.LATENCY, "us", null), 0.5, "s"))
                .isEqualTo(500_000);
        assertThat(Units.inUnitOf(metric(Metric.Kind.LATENCY, "µs", null), 0.5, "s"))
                .isEqualTo(500_000);
        assertThat(Units.inUnitOf(metric(Metric.Kind.LATENCY, "s", null), 0.5, "s"))
                .isEqualTo(0.5);
        assertThat(Units.inUnitOf(metric(Metric.Kind.LATENCY, null, null), 0.5, "s"))
                .isEqualTo(0.5);
        assertThat(Units.inUnitOf(ERRORS, 0.02, "%")).isEqualTo(0.02);
        assertThat(Units.text(ERRORS, 0.0231)).isEqualTo("2.31 %");
        assertThat(Units.text(LATENCY, 142)).isEqualTo("142 ms");
        assertThat(Units.beside(ERRORS, 0.0199996, 0.02)).isEqualTo("1.99996 %");
    }
}
