// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.carry.Carry;
import io.jenkins.plugins.releaseguard.contract.carry.Remark;
import io.jenkins.plugins.releaseguard.contract.carry.UnreadableException;
import io.jenkins.plugins.releaseguard.contract.grammar.Durations;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever another tool would stop, the contract that is made of its file stops too, and no later: both are given the same requests, five
 * seconds a tick. What a window can't say before it has been lived through is the one exception, and is told.
 */
class CarriedThresholdTest {
    private static final int TICK = 5;
    private static final int REQUESTS = 100;
    private static final int RUNS = 60;

    private static final Pattern THRESHOLD = Pattern.compile("threshold: \"([^\"]+)\"");
    private static final Pattern INTERVAL = Pattern.compile("(?m)^  interval: (\\S+)$");

    /** A run of a tool: measurements {@code every} seconds, {@code count} of them, over {@code window} seconds each. */
    private record Run(int every, int count, int window, int needed) {
        int ticks() {
            return every * count / TICK;
        }

        /** The tick at whose end it stops; -1 where it doesn't. */
        int stops(double[] values, boolean counted, DoublePredicate fails, boolean lived) {
            int failed = 0;
            for (int at = every; at <= every * count; at += every) {
                if (lived && at < window) {
                    continue;
                }
                int end = at / TICK;
                int from = counted ? Math.max(0, end - window / TICK) : end - 1;
                double sum = 0;
                for (int i = from; i < end; i++) {
                    sum += values[i];
                }
                failed += fails.test(sum / (end - from)) ? 1 : 0;
                if (failed == needed) {
                    return end - 1;
                }
            }
            return -1;
        }
    }

    private static Carry.Outcome over(String text) throws UnreadableException {
        return Carry.over(Map.of("in", text), new Carry.Settings("", "team", "prometheus", "edge", "track"));
    }

    private static List<Trigger> triggers(Carry.Outcome outcome) throws Exception {
        Metric metric =
                TriggerFixture.metric(outcome.text().contains("kind: rate") ? Metric.Kind.RATE : Metric.Kind.GAUGE);
        List<Trigger> triggers = new ArrayList<>();
        for (MatchResult m : THRESHOLD.matcher(outcome.text()).results().toList()) {
            Threshold threshold = ThresholdParser.parse(m.group(1));
            List<Trigger> parts = new ArrayList<>();
            for (Threshold one : threshold.terms().joint() == null ? List.<Threshold>of() : threshold.conditions()) {
                parts.add(new Trigger("DEP-003", "", metric, one, List.of(), List.of()));
            }
            triggers.add(new Trigger("DEP-003", "", metric, threshold, List.of(), List.of(), parts, false, false));
        }
        return triggers;
    }

    private static int seconds(Carry.Outcome outcome) throws Exception {
        var m = INTERVAL.matcher(outcome.text());
        return m.find() ? (int) Durations.parse(m.group(1)).toSeconds() : TICK;
    }

    /** The tick at whose end the contract stops the release; -1 where it doesn't. */
    private static int stops(List<Trigger> triggers, int look, double[] values, boolean counted) {
        int first = -1;
        for (Trigger trigger : triggers) {
            TriggerState state = TriggerState.QUIET;
            int each = look / TICK;
            for (int from = 0; from + each <= values.length && state.complete() == null; from += each) {
                double sum = 0;
                for (int i = from; i < from + each; i++) {
                    sum += values[i];
                }
                Event.Sample sample = counted
                        ? TriggerFixture.rate(sum * REQUESTS, REQUESTS * each, 0, REQUESTS)
                        : level(values[from + each - 1]);
                state = JointWatch.next(
                        trigger,
                        state,
                        Map.of("MON-001", sample),
                        s -> true,
                        Captured.NOTHING,
                        TriggerFixture.look((long) from * TICK, (long) (from + each) * TICK),
                        TriggerFixture.seconds(look));
                if (state.complete() != null) {
                    int at = from + each - 1;
                    first = first < 0 ? at : Math.min(first, at);
                }
            }
        }
        return first;
    }

    private static Event.Sample level(double value) {
        return new Event.Sample(
                "MON-001", null, null, null, null, List.of(value), List.of(0.0), null, null, null, null, null, null);
    }

    /** Mostly well, with bursts of any length. */
    private static double[] values(Random random, int ticks, double well, double ill) {
        double[] values = new double[ticks];
        boolean burst = false;
        for (int i = 0; i < ticks; i++) {
            burst = random.nextInt(8) == 0 ? random.nextBoolean() : burst;
            values[i] = burst ? Math.round(random.nextDouble() * ill * REQUESTS) / (double) REQUESTS : well;
        }
        return values;
    }

    private static void held(Carry.Outcome outcome, Run run, boolean counted, DoublePredicate fails, double ill)
            throws Exception {
        List<Trigger> triggers = triggers(outcome);
        int look = seconds(outcome);
        boolean lived = outcome.text().contains(" over ");
        assertThat(triggers).isNotEmpty();
        if (lived) {
            assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains("lived through"));
        }
        int stopped = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            double[] values = values(new Random(seed), run.ticks(), 0, ill);
            int there = run.stops(values, counted, fails, lived);
            int here = stops(triggers, look, values, counted);
            if (there >= 0) {
                stopped++;
                assertThat(here)
                        .as(
                                "run %s of %s with %s",
                                seed, run, triggers.get(0).threshold().text())
                        .isBetween(0, there);
            }
        }
        // a test of runs that none of them would stop shows nothing
        assertThat(stopped).isPositive();
    }

    private static String argo(String query, String condition, Run run) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: t}\nspec:\n  metrics:\n  - name: m\n    interval: "
                + run.every() + "s\n    count: " + run.count() + "\n    failureLimit: " + (run.needed() - 1) + "\n    "
                + condition + "\n    provider: {prometheus: {query: '" + query + "'}}\n";
    }

    @ParameterizedTest(name = "every {0} s, {1} times over {2} s, {3} must fail")
    @CsvSource({
        "60, 10, 60, 1", "60, 10, 60, 3", "60, 10, 60, 10", "60, 20, 300, 1", "60, 20, 300, 4", "60, 20, 300, 12",
        "30, 30, 60, 5", "300, 8, 60, 2", "20, 40, 30, 4", "45, 20, 60, 3", "60, 30, 150, 7", "10, 90, 60, 20"
    })
    void argosShares(int every, int count, int window, int needed) throws Exception {
        Run run = new Run(every, count, window, needed);
        String ratio = "sum(rate(bad[" + window + "s])) / sum(rate(all[" + window + "s]))";

        held(over(argo(ratio, "successCondition: result[0] <= 0.05", run)), run, true, v -> v > 0.05, 0.5);
        held(over(argo("1 - " + ratio, "failureCondition: result[0] < 0.97", run)), run, true, v -> 1 - v < 0.97, 0.5);
        held(over(argo(ratio, "successCondition: result[0] < 0.05", run)), run, true, v -> v >= 0.05, 0.5);
    }

    @ParameterizedTest(name = "every {0} s, {1} times, {2} must fail: {3}")
    @CsvSource(delimiter = '~', textBlock = """
            60 ~ 20 ~ 1 ~ successCondition: result[0] <= 3
            60 ~ 20 ~ 4 ~ successCondition: result[0] <= 3
            30 ~ 60 ~ 2 ~ failureCondition: result[0] > 3 && result[0] < 6
            30 ~ 60 ~ 3 ~ failureCondition: result[0] > 3 && result[0] < 6
            15 ~ 90 ~ 5 ~ failureCondition: result[0] > 7 || result[0] < 0.5 && result[0] > 0
            60 ~ 20 ~ 2 ~ successCondition: not (result[0] > 3) || isNaN(result[0])
            60 ~ 20 ~ 2 ~ successCondition: result[0] < 3 || result[0] > 6
            """)
    void argosLevels(int every, int count, int needed, String condition) throws Exception {
        Run run = new Run(every, count, TICK, needed);
        DoublePredicate fails = condition.contains("&& result[0] < 6")
                ? v -> v > 3 && v < 6
                : condition.contains("> 7")
                        ? v -> v > 7 || v < 0.5 && v > 0
                        : condition.contains("> 6") ? v -> v >= 3 && v <= 6 : v -> v > 3;

        held(over(argo("avg(load)", condition, run)), run, false, fails, 10);
    }

    @ParameterizedTest(name = "every {0} s over {1} s, {2} must fail")
    @CsvSource({"60, 60, 5", "30, 60, 10", "15, 60, 8", "60, 300, 3", "60, 30, 2", "60, 60, 1"})
    void flaggersChecks(int every, int window, int threshold) throws Exception {
        Run run = new Run(every, 60, window, threshold);
        String canary =
                "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: shop, namespace: prod}\nspec:\n"
                        + "  targetRef: {kind: Deployment, name: shop}\n  analysis: {interval: " + every
                        + "s, threshold: "
                        + threshold + ", metrics: [{name: request-success-rate, interval: " + window
                        + "s, thresholdRange: {min: 95}}]}\n";

        held(over(canary), run, true, v -> 1 - v < 0.95, 0.4);
    }
}
