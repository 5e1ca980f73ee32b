// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.look;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.rate;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.seconds;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a condition says of more than one look, of another quantile than p99, and together with others. Looks are five seconds long. */
class WindowTriggerTest {
    private static final Metric ERRORS = metric("MON-001", "error rate", Metric.Kind.RATE, "");
    private static final Metric LATENCY = metric("MON-002", "latency", Metric.Kind.LATENCY, "ms");
    private static final Metric CPU = metric("MON-003", "cpu", Metric.Kind.GAUGE, "%");
    private static final List<Double> BOUNDS = List.of(50.0, 100.0, 200.0, 400.0, 800.0);

    private static Metric metric(String id, String name, Metric.Kind kind, String unit) {
        return new Metric(
                id,
                name,
                kind,
                unit,
                "prometheus",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                Margin.NONE,
                new Metric.Query("", "", kind == Metric.Kind.LATENCY ? "h_bucket" : "", "", Double.NaN),
                null,
                new Position("release.yaml", 1, 1));
    }

    /** Errors of 100 requests a look; "-" is a look without requests. */
    private static TriggerState ofErrors(String threshold, String errors) {
        return ofErrors(trigger(ERRORS, threshold), errors);
    }

    private static TriggerState ofErrors(Trigger trigger, String errors) {
        TriggerState state = TriggerState.QUIET;
        String[] each = errors.split(" ");
        for (int i = 0; i < each.length; i++) {
            Event.Sample sample =
                    each[i].equals("-") ? rate(0, 0, 1, 100) : rate(Double.parseDouble(each[i]), 100, 1, 100);
            state = next(trigger, state, sample, i);
        }
        return state;
    }

    private static TriggerState next(Trigger trigger, TriggerState state, Event.Sample sample, int look) {
        return JointWatch.next(
                trigger, state, Map.of(sample.metric(), sample), s -> true, Captured.NOTHING, look(look), seconds(5));
    }

    private static Event.Sample latency(double... counts) {
        List<Double> buckets = IntStream.range(0, BOUNDS.size() + 1)
                .mapToObj(i -> i < counts.length ? counts[i] : 0.0)
                .toList();
        List<Double> healthy = List.of(90.0, 10.0, 0.0, 0.0, 0.0, 0.0);
        return new Event.Sample(
                "MON-002", null, 100.0, null, 100.0, null, null, null, null, BOUNDS, buckets, healthy, null);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "> 2% in 3 of 5 looks, 3 0 3 0 3, yes",
        "> 2% in 3 of 5 looks, 3 0 3 0 0 3, no",
        "> 2% in 3 of 5 looks, 3 3 3, yes",
        "> 2% in 3 of 5 looks, 3 3 - - - - 3, yes",
        "> 2% for 3 consecutive looks, 3 3 0 3, no",
        "> 2% for 3 consecutive looks, 0 3 3 3, yes",
        "> 2% in 1 of 5 looks, 3, yes",
        "> 2% in 2 of 3 looks for 10s, 3 3 3, yes",
        "> 2% in 2 of 3 looks for 10s, 3 3, no",
        // every look above, and on average above, are two things
        "> 2% for 20s, 9 0 9 0, no",
        "average > 2% over 20s, 9 0 9 0, yes",
        "average > 2% over 20s, 3 3 3, no",
        "average > 2% over 20s, 0 0 0 0 9, yes",
        "average > 2% over 20s, 9 0 0 0 0 0, yes",
        "average > 5% over 20s, 9 0 0 0 0 0, no",
        "median > 2% over 20s, 9 9 0 0, no",
        "median > 2% over 20s, 9 9 9 0, yes",
        "p90 of looks > 2% over 20s, 9 0 0 0, yes",
        "max > 2% over 20s, 9 0 0 0, yes",
        "min > 2% over 20s, 9 9 9 0, no",
        "min > 2% over 20s, 9 9 9 3, yes",
        "success < 98%, 3, yes",
        "success < 98%, 2, no",
        "success < 98% over 20s, 9 0 0 0, yes",
        "> 30 errors per minute, 3, yes",
        "> 30 errors per minute, 2, no",
        "> 30 per minute in 2 of 3 looks, 3 2 3, yes",
        "> 2x baseline and > 2% above it, 3, no",
        "> 2x baseline and > 2% above it, 4, yes",
        "> 2x baseline and > 2% above it for 10s, 4 3 4, no",
        "> 2x baseline and > 2% above it for 10s, 4 4, yes",
        "> 5% for 0s or > 2% for 15s, 6, yes",
        "> 2% for 15s or > 5% for 0s, 3 3 3, yes",
    })
    void ofRates(String threshold, String errors, String breaks) {
        Trigger trigger = joint(ERRORS, threshold);
        assertThat(ofErrors(trigger, errors).complete() != null).isEqualTo(breaks.equals("yes"));
    }

    /** As the plan makes them, without a contract. */
    private static Trigger joint(Metric metric, String threshold) {
        Trigger whole = trigger(metric, threshold);
        if (whole.threshold().terms().joint() == null) {
            return whole;
        }
        List<Trigger> parts = whole.threshold().conditions().stream()
                .map(one -> part(metric, one))
                .toList();
        return new Trigger("DEP-003", "too much", metric, whole.threshold(), List.of(), List.of(), parts, false, false);
    }

    private static Trigger part(Metric metric, Threshold one) {
        Metric of = one.terms().metric().equals("MON-002") ? LATENCY : metric;
        return new Trigger("DEP-003", "too much", of, one, List.of(), List.of());
    }

    /** Of a hundred requests 94 take up to 50 ms, 5 up to 200 ms and one up to 800 ms. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "> 400ms, yes",
        "p99 > 400ms, no",
        "p99 > 100ms, yes",
        "p99.5 > 400ms, yes",
        "p95 > 100ms, yes",
        "p95 > 200ms, no",
        "p90 > 50ms, no",
        "> 100ms at p50, no",
        "p95 > 1.2x baseline and > 20ms above it, yes",
        "p95 > 1.5x baseline and > 20ms above it, no",
        "p95 > 1.5x baseline and > 500ms above it, no",
    })
    void ofANamedQuantile(String threshold, String breaks) {
        Event.Sample sample = latency(94, 0, 5, 0, 1);
        Event.Sample slower = latency(94, 0, 4, 0, 2);
        TriggerState state = next(
                joint(LATENCY, threshold),
                TriggerState.QUIET,
                threshold.startsWith(">") && !threshold.contains("at") ? slower : sample,
                0);
        assertThat(state.complete() != null).isEqualTo(breaks.equals("yes"));
    }

    /** All requests of the window have one p95; the p95 of single looks may be anything. */
    @Test
    void aQuantileOverAWindowIsThatOfAllItsRequests() {
        Trigger over = trigger(LATENCY, "p95 > 400ms over 20s");
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < 4; i++) {
            state = next(over, state, i == 0 ? latency(90, 0, 0, 0, 10) : latency(100), i);
        }
        assertThat(state.complete()).isNull();
        assertThat(state.quiet()).isTrue();
        for (int i = 4; i < 7; i++) {
            state = next(over, state, latency(90, 0, 0, 0, 10), i);
        }
        assertThat(state.complete()).isNotNull();
    }

    @Test
    void aWindowsBucketThatHasTheLimitTellsNothing() {
        Trigger over = trigger(LATENCY, "p95 > 500ms over 10s");
        TriggerState state = next(over, TriggerState.QUIET, latency(90, 0, 0, 0, 10), 0);
        Map<String, Event.Sample> samples = Map.of("MON-002", latency(90, 0, 0, 0, 10));
        assertThat(BucketDoubt.of(over, state, samples, s -> true, Captured.NOTHING))
                .isNull();
        state = next(over, state, latency(90, 0, 0, 0, 10), 1);
        assertThat(state.complete()).isNull();
        assertThat(BucketDoubt.of(over, state, samples, s -> true, Captured.NOTHING))
                .contains(
                        "DEP-003 can't be told: p95 of latency over 10 s lies between 400 and 800 ms",
                        "its limit of 500 ms");
    }

    /** Where one of two that must hold surely doesn't, nothing is open. */
    @Test
    void whatCantBreakIsNoDoubt() {
        Trigger both = joint(LATENCY, "p95 > 500ms and p50 > 400ms");
        Event.Sample sample = latency(90, 0, 0, 0, 10);
        TriggerState state = next(both, TriggerState.QUIET, sample, 0);
        assertThat(BucketDoubt.of(both, state, Map.of("MON-002", sample), s -> true, Captured.NOTHING))
                .isNull();
        Trigger either = joint(LATENCY, "p95 > 500ms or p50 > 400ms");
        state = next(either, TriggerState.QUIET, sample, 0);
        assertThat(BucketDoubt.of(either, state, Map.of("MON-002", sample), s -> true, Captured.NOTHING))
                .contains("p95 of latency lies between 400 and 800 ms");
    }

    /** Two metrics, each with its own looks at the same time. */
    @Test
    void conditionsOfTwoMetricsMustHoldTogether() {
        Trigger both = joint(ERRORS, "> 2% and MON-002 p95 > 400ms");
        TriggerState state = TriggerState.QUIET;
        boolean[][] broken = {{true, false}, {false, true}, {true, true}};
        for (int i = 0; i < broken.length; i++) {
            assertThat(state.complete()).isNull();
            Event.Sample slow = broken[i][1] ? latency(90, 0, 0, 0, 10) : latency(100);
            Map<String, Event.Sample> samples =
                    Map.of("MON-001", rate(broken[i][0] ? 5 : 0, 100, 1, 100), "MON-002", slow);
            state = JointWatch.next(both, state, samples, s -> true, Captured.NOTHING, look(i), seconds(5));
        }
        assertThat(state.complete()).isNotNull();
        TriggerText text = TriggerText.of(both, state);
        assertThat(text.metric()).isEqualTo("MON-001");
        assertThat(text.reason())
                .isEqualTo(
                        "error rate 5 % over 5 s and p95 of latency above 400 ms over 5 s break > 2% and MON-002 p95 > 400ms (2 %, 400 ms)");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "p99 latency | > 100ms          | 94 0 5 0 1 | p99 latency above 100 ms over 5 s breaks > 100ms (100 ms)",
                "p95 latency | > 100ms          | 94 0 5 0 1 | p99 of MON-002 above 100 ms over 5 s breaks > 100ms (100 ms)",
                "latency     | > 100ms          | 94 0 5 0 1 | p99 of latency above 100 ms over 5 s breaks > 100ms (100 ms)",
                "p95 latency | p95 > 100ms      | 94 0 5 0 1 | p95 latency above 100 ms over 5 s breaks p95 > 100ms (100 ms)",
                "95th percentile | p95 > 100ms  | 94 0 5 0 1 | 95th percentile above 100 ms over 5 s breaks p95 > 100ms (100 ms)",
                "latency     | p95 > 100ms over 5s | 94 0 5 0 1 | p95 of latency over 5 s above 100 ms breaks p95 > 100ms over 5s (100 ms)",
            })
    void everySentenceSaysWhichQuantile(String name, String threshold, String counts, String reason) {
        Trigger trigger = trigger(metric("MON-002", name, Metric.Kind.LATENCY, "ms"), threshold);
        double[] each = Arrays.stream(counts.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        TriggerState state = next(trigger, TriggerState.QUIET, latency(each), 0);
        assertThat(TriggerText.of(trigger, state).reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "average > 2% over 10s   | 9 0 | average error rate over 10 s 4.5 % breaks average > 2% over 10s (2 %)",
                "max > 2% over 10s       | 9 0 | error rate over 10 s, the greatest, 9 % breaks max > 2% over 10s (2 %)",
                "> 30 errors per minute  | 3   | failures of error rate 36 per minute over 5 s breaks > 30 errors per minute (30 per minute)",
                "success < 98%           | 3   | successes beside error rate 97 % over 5 s breaks success < 98% (98 %)",
                "> 5% for 0s or > 2% for 10s | 3 3 | error rate 3 % over 5 s breaks > 5% for 0s or > 2% for 10s (2 %)",
            })
    void theWindowAndTheUnitAreTold(String threshold, String errors, String reason) {
        Trigger trigger = joint(ERRORS, threshold);
        assertThat(TriggerText.of(trigger, ofErrors(trigger, errors)).reason()).isEqualTo(reason);
    }

    /** Variants aren't mixed: a window begins anew with the first look at the new version. */
    @Test
    void aWindowIsOfOneVariant() {
        Trigger average = trigger(ERRORS, "average > 2% over 10s");
        TriggerState state = TriggerWatch.next(
                average, TriggerState.QUIET, rate(0, 0, 9, 100), false, Captured.NOTHING, look(0), seconds(5));
        state = next(average, state, rate(0, 100, 9, 100), 1);
        state = next(average, state, rate(0, 100, 9, 100), 2);
        assertThat(state.complete()).isNull();
        assertThat(state.looked().looks()).hasSize(2);
    }

    /** A percentage of a gauge that is in % is no fraction. */
    @Test
    void aGaugeInPercentIsComparedInPercent() {
        Trigger busy = trigger(CPU, "> 80%");
        assertThat(next(busy, TriggerState.QUIET, gauge(61), 0).complete()).isNull();
        TriggerState state = next(busy, TriggerState.QUIET, gauge(81), 0);
        assertThat(state.complete()).isNotNull();
        assertThat(state.limit()).isCloseTo(80, within(1e-9));
    }

    private static Event.Sample gauge(double value) {
        return gauge(value, 60);
    }

    private static Event.Sample gauge(double value, double baseline) {
        return new Event.Sample("MON-003", null, null, null, null, List.of(value), List.of(baseline), null, null, null);
    }

    /** Looks at 58 and 62 by turns have a deviation of a little more than 2. */
    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource({
        "> 3 sigma above baseline, 68, yes",
        "> 3 sigma above baseline, 66, no",
        "> 5 sigma above baseline, 68, no",
        "< 3 sigma below baseline, 52, yes",
        "< 3 sigma below baseline, 55, no",
        "> 3 sigma above baseline and > 10 above it, 68, no",
        "> 3 sigma above baseline and > 10 above it, 73, yes",
        "> 3 sigma above baseline in 2 of 3 looks, 68, no",
    })
    void ofAGaugesSpread(String threshold, double value, String breaks) {
        Trigger trigger = joint(CPU, threshold);
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < 12; i++) {
            state = next(trigger, state, gauge(60, i % 2 == 0 ? 58 : 62), i);
            assertThat(state.complete()).isNull();
        }
        state = next(trigger, state, gauge(value, 62), 12);
        assertThat(state.complete() != null).isEqualTo(breaks.equals("yes"));
    }

    /** Ten looks at the baseline come first; until then it is open, and said. */
    @Test
    void fewLooksTellNoSpread() {
        Trigger trigger = trigger(CPU, "> 3 sigma above baseline");
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < 9; i++) {
            state = next(trigger, state, gauge(90, 60 + i % 2), i);
        }
        assertThat(state.complete()).isNull();
        assertThat(BucketDoubt.of(trigger, state, Map.of("MON-003", gauge(90)), s -> true, Captured.NOTHING))
                .contains("the baseline of MON-003 has been seen in 9 looks");
        state = next(trigger, state, gauge(90, 61), 9);
        assertThat(state.complete()).isNotNull();
        assertThat(TriggerText.of(trigger, state).reason())
                .startsWith("cpu 90 % in one value over 5 s breaks > 3 sigma above baseline (6");
        assertThat(BucketDoubt.of(trigger, state, Map.of("MON-003", gauge(90)), s -> true, Captured.NOTHING))
                .isNull();
    }
}
