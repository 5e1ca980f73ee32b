// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A latency's limit is one of the quantile that it names, else of the one that its metric's name speaks of, else of p99; and says so. */
class NamedQuantileTriggerTest {
    private static final List<Double> BOUNDS = List.of(10.0, 100.0, 140.0, 500.0, 1000.0);
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT
            .replace(
                    "name: error rate, kind: rate, source: prometheus, errors: \"e\", total: \"t\",",
                    "name: \"%s\", kind: latency, unit: ms, source: prometheus, histogram: \"h_bucket\",")
            .replace("critical: true}", "critical: true, allow: 1000000%%}")
            .replace(">2% of requests for 1 minute", "%s");

    private static FakeRolloutWorld world(String name, String threshold, double slow, Boolean named) {
        FakeRolloutWorld world = new FakeRolloutWorld(
                43,
                CONTRACT.formatted(name, threshold),
                PlanOptions.ALONE,
                new Event.Armed(Map.of("MON-001", 300.0, "MON-001 p95", 60.0), false, null, named, null));
        world.tells = s -> new Event.Sample(
                s.metric(),
                null,
                s.canaryTotal(),
                null,
                s.baselineTotal(),
                null,
                null,
                null,
                null,
                BOUNDS,
                buckets(s.canaryTotal(), slow),
                buckets(s.baselineTotal(), 0.02),
                null);
        return world.start().run(Duration.ofMinutes(12));
    }

    /** As many of the requests as {@code slow} says take more than half a second, the others less than a tenth. */
    private static List<Double> buckets(double total, double slow) {
        return List.of(0.0, (1 - slow) * total, 0.0, 0.0, slow * total, 0.0);
    }

    /** 3 % of the requests are slow: of that a p95 knows nothing, and a p99 all. */
    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "p95 latency              | > 140ms for 1 minute       | -",
                "95th percentile of calls | > 140ms for 1 minute       | -",
                "median latency           | > 140ms for 1 minute       | -",
                "latencyP90               | > 140ms for 1 minute       | -",
                "p95 latency              | > 140ms in 3 of 5 looks    | -",
                "p95 latency              | > 2x baseline for 1 minute | -",
                "p95 latency              | > 140ms and > 1.5x baseline for 1 minute | -",
                "latency                  | p95 > 140ms for 1 minute   | -",
                "latency                  | > 140ms for 1 minute       | p99 of latency above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)",
                "p99 latency              | > 140ms for 1 minute       | p99 latency above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)",
                "p99.9 latency            | > 140ms for 1 minute       | p99.9 latency above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)",
                "p50/p95 latency          | > 140ms for 1 minute       | p99 of MON-001 above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)",
                "average latency          | > 140ms for 1 minute       | p99 of MON-001 above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)",
                "p95 latency              | p99 > 140ms for 1 minute   | p99 of MON-001 above 500 ms over 5 s breaks p99 > 140ms for 1 minute (140 ms)",
            })
    void isHeldAgainstTheQuantileThatIsNamed(String name, String threshold, String breach) {
        assertThat(breaches(world(name, threshold, 0.03, true))).isEqualTo(breach);
    }

    @Test
    void whatIsSlowAtThatQuantileBreaksUnderItsName() {
        assertThat(breaches(world("p95 latency", "> 140ms for 1 minute", 0.1, true)))
                .isEqualTo("p95 latency above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)");
    }

    /** A release that an earlier version armed, whose record doesn't say that names count, goes on as it began. */
    @Test
    void ofARecordOfAnEarlierVersionItIsP99AsItWas() {
        FakeRolloutWorld old = world("p95 latency", "> 140ms for 1 minute", 0.03, null);

        assertThat(breaches(old))
                .isEqualTo("p99 of MON-001 above 500 ms over 5 s breaks > 140ms for 1 minute (140 ms)");
        // folded once more, with a capture of this version behind it, it says the same
        List<Stamped> again = new ArrayList<>(old.journal);
        again.add(
                1,
                new Stamped(
                        2, again.get(0).at(), again.get(0).at(), new Event.Armed(Map.of(), false, null, true, null)));
        assertThat(Fold.all(old.plan, again).watching().captured().named()).isFalse();
    }

    private static String breaches(FakeRolloutWorld world) {
        return world.events(Event.Breached.class).stream()
                .map(Event.Breached::reason)
                .findFirst()
                .orElse("-");
    }
}
