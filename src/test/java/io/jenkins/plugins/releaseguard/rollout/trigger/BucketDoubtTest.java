// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.LOOK_SECONDS;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.look;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.metric;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a histogram's buckets leave open breaks nothing and quiets nothing: a p99 is not interpolated. */
class BucketDoubtTest {
    private static final Metric LATENCY = metric(Metric.Kind.LATENCY, "ms", null);
    private static final List<Double> BOUNDS = List.of(100.0, 250.0, 500.0);
    private static final Captured UNKNOWN = Captured.NOTHING;

    /** All requests of each side in one bucket: its number from 0; -1 for no requests. */
    private static Event.Sample in(int canary, int baseline) {
        return new Event.Sample(
                "MON-001",
                null,
                canary < 0 ? 0.0 : 100.0,
                null,
                baseline < 0 ? 0.0 : 100.0,
                null,
                null,
                canary < 0 ? null : Map.of("p99", 400.0),
                baseline < 0 ? null : Map.of("p99", 400.0),
                BOUNDS,
                counts(canary),
                counts(baseline),
                null);
    }

    private static List<Double> counts(int bucket) {
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i <= BOUNDS.size(); i++) {
            counts.add(i == bucket ? 100.0 : 0.0);
        }
        return counts;
    }

    private static TriggerState after(String threshold, TriggerState state, Event.Sample sample, int n) {
        return TriggerWatch.next(
                trigger(LATENCY, threshold), state, sample, true, UNKNOWN, look(n), Duration.ofSeconds(LOOK_SECONDS));
    }

    private static String doubt(String threshold, Event.Sample sample) {
        return BucketDoubt.of(trigger(LATENCY, threshold), sample, true, UNKNOWN);
    }

    /** The bucket that has all requests; whether the condition is broken, kept, or open. */
    @ParameterizedTest
    @CsvSource({
        "> 400ms, 0, kept",
        "> 400ms, 1, kept",
        "> 400ms, 2, open",
        "> 400ms, 3, broken",
        "> 250ms, 1, kept",
        "> 250ms, 2, broken",
        ">= 250ms, 1, kept",
        ">= 250ms, 2, broken",
        "> 500ms, 2, kept",
        "> 500ms, 3, broken",
        "> 600ms, 2, kept",
        "> 600ms, 3, open",
        "< 400ms, 1, broken",
        "< 400ms, 2, open",
        "< 400ms, 3, kept",
        "<= 250ms, 1, broken",
        "<= 250ms, 2, kept",
        "= 400ms, 2, open",
        "= 400ms, 1, kept",
        "= 400ms, 3, kept"
    })
    void aFixedLimitIsHeldAgainstTheWholeBucket(String threshold, int bucket, String said) {
        TriggerState state = after(threshold, TriggerState.QUIET, in(bucket, 0), 0);
        assertThat(state.complete() != null).isEqualTo(said.equals("broken"));
        assertThat(doubt(threshold, in(bucket, 0)) != null).isEqualTo(said.equals("open"));
        if (said.equals("open")) {
            assertThat(state).isSameAs(TriggerState.QUIET);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "> 2x baseline, 2, 1, open", "> 2x baseline, 2, 2, kept", "> 2x baseline, 3, 1, broken",
        "> 1.5x baseline, 2, 2, open", "> 1.5x baseline, 1, 2, kept", "> baseline + 200ms, 3, 1, broken",
        "> baseline + 200ms, 2, 2, open", "> baseline + 200ms, 0, 1, kept", "> 1.5x baseline, 3, 3, open"
    })
    void aRelativeLimitHasABucketToo(String threshold, int canary, int baseline, String said) {
        TriggerState state = after(threshold, TriggerState.QUIET, in(canary, baseline), 0);
        assertThat(state.complete() != null).isEqualTo(said.equals("broken"));
        assertThat(doubt(threshold, in(canary, baseline)) != null).isEqualTo(said.equals("open"));
    }

    @Test
    void whatIsOpenIsSaidWithItsBounds() {
        assertThat(doubt("> 400ms for 1 minute", in(2, 0)))
                .isEqualTo(
                        "DEP-003 can't be told: m lies between 250 and 500 ms, and so does its limit of 400 ms; give the"
                                + " histogram a bound at the limit, or the limit the value of a bound");
        assertThat(doubt("> 600ms for 1 minute", in(3, 0)))
                .contains("m lies above 500 ms, and so does its limit of 600 ms");
        assertThat(doubt("> 1.5x baseline", in(2, 2)))
                .contains(
                        "m lies between 250 and 500 ms, its limit (> 1.5x baseline) between 375 and 750 ms; finer buckets");
        assertThat(BucketDoubt.of(trigger(LATENCY, "> 1.5x baseline"), in(-1, 2), false, UNKNOWN))
                .as("before the canary serves")
                .isNull();
        assertThat(doubt("> 400ms", in(-1, 2))).as("without requests").isNull();
    }

    /** Such a look is none: a run goes on through it, and isn't ended by it. */
    @Test
    void anOpenLookNeitherAddsToARunNorEndsIt() {
        String limit = "> 400ms for 15s";
        TriggerState one = after(limit, TriggerState.QUIET, in(3, 0), 0);
        TriggerState open = after(limit, one, in(2, 0), 1);
        assertThat(open).isSameAs(one);
        open = after(limit, after(limit, open, in(2, 0), 2), in(2, 0), 3);
        assertThat(open.complete()).isNull();
        assertThat(after(limit, open, in(3, 0), 4).complete()).isNotNull();
        assertThat(after(limit, open, in(1, 0), 4).quiet()).isTrue();
    }

    /** What only a ready-made series tells is a number as it is. */
    @Test
    void aReadyMadeSeriesIsHeldAsItIs() {
        Event.Sample series = new Event.Sample(
                "MON-001", null, null, null, null, List.of(401.0), List.of(390.0), null, null, null, null, null, null);
        assertThat(doubt("> 400ms", series)).isNull();
        assertThat(after("> 400ms", TriggerState.QUIET, series, 0).complete()).isNotNull();
        Event.Sample quantiles = new Event.Sample(
                "MON-001", null, null, null, null, null, null, Map.of("p99", 401.0), null, null, null, null, null);
        assertThat(after("> 400ms", TriggerState.QUIET, quantiles, 0).complete())
                .isNotNull();
    }

    /** A capture knows its level no better than its histogram does. */
    @Test
    void aCapturedLevelHasItsBucket() {
        Captured captured = Captured.NOTHING.with(
                new Event.Armed(Map.of("MON-001", 300.0), false, null, Map.of("MON-001", List.of(250.0, 500.0))));
        Trigger twice = trigger(LATENCY, "> 1.5x baseline");
        assertThat(Baselines.limit(twice, in(2, -1), true, captured)).isEqualTo(new Span(375, 750));
        assertThat(BucketDoubt.of(twice, in(2, -1), true, captured)).contains("between 375 and 750 ms");
        assertThat(Baselines.limit(twice, in(2, 1), true, captured)).isEqualTo(new Span(150, 375));
        Captured later = captured.with(
                new Event.Armed(Map.of("MON-001", 90.0), false, null, Map.of("MON-001", List.of(0.0, 100.0))));
        assertThat(later).isEqualTo(captured);
        Captured old = Captured.NOTHING.with(new Event.Armed(Map.of("MON-001", 300.0)));
        assertThat(old.with(
                        new Event.Armed(Map.of("MON-001", 90.0), false, null, Map.of("MON-001", List.of(0.0, 100.0)))))
                .as("a level of an earlier version has no bucket of a later capture")
                .isEqualTo(old);
        Captured last = Captured.NOTHING.with(
                new Event.Armed(Map.of("MON-001", 500.0), false, null, Map.of("MON-001", List.of(500.0))));
        assertThat(Baselines.limit(twice, in(2, -1), true, last).high()).isInfinite();
        assertThat(MetricLevel.bucket(LATENCY, in(0, 1))).containsExactly(100.0, 250.0);
        assertThat(MetricLevel.bucket(LATENCY, in(0, 3))).containsExactly(500.0);
        assertThat(MetricLevel.bucket(LATENCY, in(0, -1))).isNull();
    }

    /** Requests in the limit's own bucket may be too slow, or not. */
    @Test
    void aBurnRateIsOpenWhereTheLimitsBucketDecides() {
        Metric metric = new Metric(
                "MON-001",
                "m",
                Metric.Kind.LATENCY,
                "ms",
                "prometheus",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                null,
                new Metric.Query("", "", "h", "", 400),
                new Metric.Objective(0.99, Duration.ofDays(30)),
                new Position("release.yaml", 1, 1));
        Trigger burn = trigger(metric, "burn > 14.4 over 1h and 5m");
        assertThat(BucketDoubt.of(burn, in(2, 0), true, UNKNOWN))
                .contains("m's limit of 400 ms lies between 250 and 500 ms, as do requests that decide");
        assertThat(BucketDoubt.of(burn, in(1, 0), true, UNKNOWN)).isNull();
        assertThat(BucketDoubt.of(burn, in(3, 0), true, UNKNOWN)).isNull();
    }
}
