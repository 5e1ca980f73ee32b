// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.LOOK_SECONDS;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.look;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.metric;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Threshold;
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
    private static final List<Double> ABOUT = List.of(99.0, 248.0, 450.0, 500.0);
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
                about(canary),
                about(baseline),
                BOUNDS,
                counts(canary),
                counts(baseline),
                null);
    }

    private static Map<String, Double> about(int bucket) {
        return bucket < 0 ? null : Map.of("p99", ABOUT.get(bucket));
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

    /** What the bucket surely is beyond is held against the baseline's level; what it only may be is the judge's. */
    @ParameterizedTest
    @CsvSource({
        "> 2x baseline, 2, 1, kept", "> 2x baseline, 3, 1, broken", "> 1.5x baseline, 2, 1, kept",
        "> 1.5x baseline, 2, 0, broken", "> 1.5x baseline, 2, 2, kept", "> 1.01x baseline, 3, 3, kept",
        "> baseline + 200ms, 3, 1, broken", "> baseline + 100ms, 2, 0, broken", "> baseline + 200ms, 1, 0, kept",
        "< 0.5x baseline, 1, 3, broken"
    })
    void aMultipleOfABaselineNeedsAnotherBucketAndIsNeverOpen(String threshold, int canary, int baseline, String said) {
        TriggerState state = after(threshold, TriggerState.QUIET, in(canary, baseline), 0);
        assertThat(state.complete() != null).isEqualTo(said.equals("broken"));
        assertThat(doubt(threshold, in(canary, baseline))).isNull();
    }

    /** Both sides are 260 ms; what is interpolated is another number for each, since a few requests of one are beyond the bucket. */
    @Test
    void noDifferenceWithinABucketIsInterpolated() {
        Event.Sample same = new Event.Sample(
                "MON-001",
                null,
                100.0,
                null,
                100.0,
                null,
                null,
                Map.of("p99", 490.0),
                Map.of("p99", 260.0),
                BOUNDS,
                counts(2),
                counts(2),
                null);
        assertThat(after("> 1.5x baseline", TriggerState.QUIET, same, 0).complete())
                .isNull();
        Captured captured = Captured.NOTHING.with(new Event.Armed(Map.of("MON-001", 260.0)));
        assertThat(TriggerWatch.next(
                                trigger(LATENCY, "> 1.5x baseline"),
                                TriggerState.QUIET,
                                in(2, -1),
                                true,
                                captured,
                                look(0),
                                Duration.ofSeconds(LOOK_SECONDS))
                        .complete())
                .isNull();
    }

    @Test
    void whatIsOpenIsSaidWithItsBounds() {
        assertThat(doubt("> 400ms for 1 minute", in(2, 0)))
                .isEqualTo(
                        "DEP-003 can't be told: m lies between 250 and 500 ms, and so does its limit of 400 ms; give the"
                                + " histogram a bound at the limit, or the limit the value of a bound");
        assertThat(doubt("> 600ms for 1 minute", in(3, 0)))
                .contains("m lies above 500 ms, and so does its limit of 600 ms");
        assertThat(doubt("> 400ms", in(-1, 2))).as("without requests").isNull();
    }

    /** 700 ms in seconds, from bounds in milliseconds: each a little more or less than the other. */
    @Test
    void aBoundAtTheLimitTellsInAnyUnit() {
        LevelRange above = new LevelRange(700 * 0.001, 1);
        LevelRange below = new LevelRange(0.5, 700 * 0.001);
        assertThat(700 * 0.001).isNotEqualTo(0.7);
        for (double limit : new double[] {0.7, 700 * 0.001, Math.nextUp(700 * 0.001)}) {
            assertThat(above.surely(Threshold.Comparison.GREATER, limit)).isTrue();
            assertThat(below.never(Threshold.Comparison.GREATER, limit)).isTrue();
        }
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
