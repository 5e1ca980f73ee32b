// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.rollout.sample.SamplePlausibility;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values and histograms that can't be; counts are {@link LyingSourceTest}'s. */
class SamplePlausibilityTest {
    private static final List<Double> GOOD = List.of(0.0, 1.5);
    private static final Metric GAUGE = FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT
                    .replace("kind: rate", "kind: gauge")
                    .replace("errors: \"e\", total: \"t\"", "values: \"v\"")
                    .replace("\">2% of requests for 1 minute\"", "\"> 1000 for 1 minute\""))
            .metrics()
            .get(0);

    private static String values(List<Double> canary, List<Double> baseline) {
        return SamplePlausibility.doubt(
                GAUGE, new Sample("MON-001", null, null, null, null, canary, baseline, null, null, null), true);
    }

    private static String buckets(List<Double> canary, List<Double> baseline) {
        return SamplePlausibility.doubt(
                GAUGE,
                new Sample(
                        "MON-001",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(10.0),
                        canary,
                        baseline,
                        null),
                true);
    }

    @Test
    void valuesAreFiniteNumbersOnBothSides() {
        assertThat(values(GOOD, GOOD)).isNull();
        assertThat(values(List.of(-3.0), GOOD)).as("a gauge may be below zero").isNull();
        for (Double bad : Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, null)) {
            List<Double> lie = Arrays.asList(1.0, bad);
            assertThat(values(lie, GOOD)).isEqualTo("a value is no finite number");
            assertThat(values(GOOD, lie)).isEqualTo("a value is no finite number");
        }
    }

    @Test
    void bucketsAreCountsOnBothSides() {
        assertThat(buckets(GOOD, GOOD)).isNull();
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e308, 1e16}) {
            List<Double> lie = List.of(1.0, bad);
            assertThat(buckets(lie, GOOD)).isEqualTo("canary has a bucket that is no count: " + lie);
            assertThat(buckets(GOOD, lie)).isEqualTo("baseline has a bucket that is no count: " + lie);
        }
    }

    @Test
    void nothingIsNoLie() {
        assertThat(SamplePlausibility.doubt(GAUGE, Sample.none("MON-001", "no series"), true))
                .isNull();
    }
}
