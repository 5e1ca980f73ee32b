// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a record says of a look is what the judge gets, and the other way round. */
class JudgeLooksTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final double NAN = Double.NaN;

    private static Look look(MetricKind kind, Event.Sample... samples) {
        List<MetricConfig> configs = List.of(
                MetricConfig.builder("M", kind).build(),
                MetricConfig.builder("N", MetricKind.RATE).build());
        Event.Looked looked = new Event.Looked(2, T, T.plus(Duration.ofMillis(4500)), List.of(samples), null);
        return JudgeLooks.of(configs, 2, looked, false);
    }

    private static Event.Sample counts(String metric, Double canary, Double baseline) {
        return new Event.Sample(metric, 1.0, canary, 2.0, baseline, null, null, null, null, null);
    }

    private static Event.Sample values(List<Double> canary, List<Double> baseline) {
        return new Event.Sample("M", null, null, null, null, canary, baseline, null, null, null);
    }

    private static Event.Sample histogram(List<Double> values, List<Double> bounds, List<Double> buckets) {
        return new Event.Sample("M", 3.0, 40.0, 5.0, 60.0, values, values, null, null, bounds, buckets, buckets, null);
    }

    @Test
    void aLookIsAsLongAsItsSecondsAndHasThePhase() {
        Look look = look(MetricKind.RATE);
        assertThat(look.seconds()).isEqualTo(4.5);
        assertThat(look.phase()).isEqualTo(2);
        assertThat(look.canaryRequests()).isNaN();
        assertThat(look.baselineRequests()).isNaN();
        assertThat(look.metrics()).isEmpty();
    }

    @Test
    void whatTheJudgeDoesNotKnowIsLeftOut() {
        Look look = look(MetricKind.RATE, counts("X", 7.0, 8.0), counts("M", 10.0, 20.0));
        assertThat(look.metrics()).extracting(MetricLook::id).containsExactly("M");
        assertThat(look.canaryRequests()).isEqualTo(10);
        assertThat(look.baselineRequests()).isEqualTo(20);
    }

    /** The first that counts on both sides says how many requests there were: a share of two sources' numbers is none. */
    @Test
    void theRequestsAreOfOneMetricThatHasBothSides() {
        Look look = look(MetricKind.RATE, counts("M", 10.0, null), counts("N", 30.0, 40.0));
        assertThat(look.canaryRequests()).isEqualTo(30);
        assertThat(look.baselineRequests()).isEqualTo(40);
        look = look(MetricKind.RATE, counts("M", null, 20.0), counts("N", 30.0, 40.0));
        assertThat(look.canaryRequests()).isEqualTo(30);
        assertThat(look.baselineRequests()).isEqualTo(40);
        look = look(MetricKind.RATE, counts("M", 10.0, 20.0), counts("N", 30.0, 40.0));
        assertThat(look.canaryRequests()).isEqualTo(10);
        assertThat(look.baselineRequests()).isEqualTo(20);
    }

    @Test
    void aCountWithoutATotalHasAnUnknownOne() {
        MetricLook metric =
                look(MetricKind.COUNT, counts("M", null, 20.0)).metrics().get(0);
        assertThat(metric.canaryCounts()).isEqualTo(new Counts(1, NAN));
        assertThat(metric.baselineCounts()).isEqualTo(new Counts(2, 20));
        assertThat(metric.canaryTail()).isNull();
        assertThat(metric.baselineTail()).isNull();
    }

    @Test
    void aLatencysCountsAreItsTail() {
        MetricLook metric =
                look(MetricKind.LATENCY, counts("M", 10.0, 20.0)).metrics().get(0);
        assertThat(metric.canaryTail()).isEqualTo(new Counts(1, 10));
        assertThat(metric.baselineTail()).isEqualTo(new Counts(2, 20));
        assertThat(metric.canaryCounts()).isNull();
        assertThat(metric.baselineCounts()).isNull();
    }

    @Test
    void valuesAreTakenAsTheyAre() {
        MetricLook metric = look(MetricKind.GAUGE, values(List.of(1.0, 2.0), List.of(3.0)))
                .metrics()
                .get(0);
        assertThat(metric.canary()).containsExactly(1.0, 2.0);
        assertThat(metric.baseline()).containsExactly(3.0);
        assertThat(metric.canaryCounts()).isNull();
        assertThat(metric.missing()).isNull();
    }

    /** What lies inside a bucket isn't known, and is not made up: the judge gets the buckets. */
    @Test
    void aHistogramIsHandedOnAsItIsWhereThereAreNoValues() {
        List<Double> bounds = List.of(10.0, 20.0);
        List<Double> buckets = List.of(2.0, 4.0, 0.0);
        MetricLook read = look(MetricKind.LATENCY, histogram(null, bounds, buckets))
                .metrics()
                .get(0);
        assertThat(read.canary()).isEmpty();
        assertThat(read.baseline()).isEmpty();
        assertThat(read.canaryBuckets()).isEqualTo(new Buckets(bounds, buckets));
        assertThat(read.baselineBuckets()).isEqualTo(read.canaryBuckets());
        assertThat(read.canaryTail()).isEqualTo(new Counts(3, 40));
        MetricLook given = look(MetricKind.LATENCY, histogram(List.of(7.0), bounds, buckets))
                .metrics()
                .get(0);
        assertThat(given.canary()).containsExactly(7.0);
        assertThat(given.canaryBuckets()).isNull();
        for (MetricLook none : List.of(
                look(MetricKind.LATENCY, histogram(null, bounds, null))
                        .metrics()
                        .get(0),
                look(MetricKind.LATENCY, histogram(null, null, buckets))
                        .metrics()
                        .get(0))) {
            assertThat(none.canary()).isEmpty();
            assertThat(none.canaryBuckets()).isNull();
        }
    }

    @Test
    void bucketsMustFitTheBounds() {
        assertThatThrownBy(() -> look(MetricKind.LATENCY, histogram(null, List.of(10.0), List.of(1.0))))
                .hasMessageContaining("1 bounds has 1 buckets");
    }

    @Test
    void whyThereIsNothingIsHandedOn() {
        MetricLook metric = look(MetricKind.RATE, Event.Sample.none("M", "no series"))
                .metrics()
                .get(0);
        assertThat(metric.missing()).isEqualTo("no series");
        assertThat(metric.canaryCounts()).isNull();
    }

    private static MetricFinding finding(Verdict verdict, Interval interval, Samples samples) {
        return new MetricFinding(
                "M",
                "errors",
                verdict,
                "binomial",
                9,
                0.04,
                Double.POSITIVE_INFINITY,
                0.2,
                interval,
                0.03,
                NAN,
                "%",
                0.5,
                samples,
                "it is worse");
    }

    private static Event.Judged judged(Action action, MetricFinding... findings) {
        return JudgeLooks.judged(3, new LookVerdict(action, "because", List.of(findings), 1, 100, null));
    }

    @Test
    void aFindingIsWrittenWithItsNumbers() {
        Event.Judged judged =
                judged(Action.STOP, finding(Verdict.FAIL, new Interval(0.1, 0.4, 0.95), new Samples(100, 50)));
        assertThat(judged)
                .isEqualTo(new Event.Judged(
                        3,
                        LookAction.STOP,
                        "because",
                        List.of(new Event.Finding(
                                "M",
                                "errors",
                                "%",
                                MetricVerdict.FAIL,
                                0.03,
                                null,
                                0.2,
                                0.1,
                                0.4,
                                0.5,
                                "binomial",
                                0.04,
                                null,
                                50.0,
                                "it is worse"))));
    }

    @Test
    void whatIsNotKnownIsLeftOutOfTheRecord() {
        Event.Finding unknown = judged(Action.HOLD, finding(Verdict.NODATA, null, null))
                .findings()
                .get(0);
        assertThat(unknown.lower()).isNull();
        assertThat(unknown.upper()).isNull();
        assertThat(unknown.samples()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void eachVerdictHasItsWord(Verdict verdict) {
        assertThat(judged(Action.CONTINUE, finding(verdict, null, null))
                        .findings()
                        .get(0)
                        .verdict()
                        .name())
                .isEqualTo(verdict.name());
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void eachActionHasItsWord(Action action) {
        assertThat(judged(action).action().name()).isEqualTo(action.name());
    }
}
