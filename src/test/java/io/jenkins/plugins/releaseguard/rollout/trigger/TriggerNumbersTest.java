// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.look;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.seconds;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.testing.BareNumbers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trigger that broke says of each number what it is of: unit, time, and of values that it is their mean. Looks are five seconds long. */
class TriggerNumbersTest {
    private static final Metric.Objective OBJECTIVE = new Metric.Objective(0.99, Duration.ofDays(30));

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RATE    |         | > 2%                          | m 3 % over 5 s breaks > 2% (2 %)",
                "RATE    |         | > 2% for 10s                  | m 3 % over 5 s breaks > 2% for 10s (2 %)",
                "RATE    |         | > 2% in 2 of 3 looks          | m 3 % over 5 s breaks > 2% in 2 of 3 looks (2 %)",
                "RATE    |         | average > 2% over 15s         | average m over 15 s 3 % breaks average > 2% over 15s (2 %)",
                "RATE    |         | burn > 2 over 10s             | m 3 % over 10 s breaks burn > 2 over 10s (2 %)",
                "GAUGE   | %       | > 80%                         | m 85 % at the mean of 2 values over 5 s breaks > 80% (80 %)",
                "GAUGE   | threads | > 80                          | m 85 threads at the mean of 2 values over 5 s breaks > 80 (80 threads)",
                "GAUGE   | threads | > 80 in 2 of 3 looks          | m 85 threads at the mean of 2 values over 5 s breaks > 80 in 2 of 3 looks (80 threads)",
                "GAUGE   | threads | average > 80 over 15s         | average m over 15 s 85 threads in 6 values breaks average > 80 over 15s (80 threads)",
                "GAUGE   | threads | max > 80 over 15s             | m over 15 s, the greatest, 85 threads at a look's mean breaks max > 80 over 15s (80 threads)",
                "LATENCY | ms      | > 80ms                        | m 85 ms at the mean of 2 values over 5 s breaks > 80ms (80 ms)",
                "COUNT   | retries | > 2                           | m 3 retries over 5 s breaks > 2 (2 retries)",
                "COUNT   | retries | > 30 per minute               | m 36 per minute over 5 s breaks > 30 per minute (30 per minute)",
            })
    void sayWhatTheyAreOf(Metric.Kind kind, String unit, String threshold, String reason) {
        Metric metric =
                TriggerFixture.metric(kind, unit == null ? "" : unit, kind == Metric.Kind.RATE ? OBJECTIVE : null);
        Trigger trigger = trigger(metric, threshold);
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < 3; i++) {
            state = JointWatch.next(
                    trigger, state, Map.of("MON-001", sample(kind)), s -> true, Captured.NOTHING, look(i), seconds(5));
        }
        assertThat(state.complete()).isNotNull();
        assertThat(TriggerText.of(trigger, state).reason()).isEqualTo(reason);
        assertThat(BareNumbers.in(reason.replaceAll(" breaks .* \\(", " breaks it (")))
                .isEmpty();
    }

    private static Event.Sample sample(Metric.Kind kind) {
        return switch (kind) {
            case RATE -> TriggerFixture.rate(3, 100, 0, 100);
            case COUNT -> new Event.Sample("MON-001", 3.0, null, 1.0, null, null, null, null, null, null);
            default ->
                new Event.Sample(
                        "MON-001",
                        null,
                        null,
                        null,
                        null,
                        Arrays.asList(80.0, 90.0, null),
                        List.of(60.0),
                        null,
                        null,
                        null);
        };
    }
}
