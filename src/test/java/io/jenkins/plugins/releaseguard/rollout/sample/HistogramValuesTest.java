// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramValuesTest {
    @Test
    void valuesSpreadEvenlyInTheirBuckets() {
        assertThat(HistogramValues.of(List.of(10.0, 20.0), List.of(2.0, 4.0, 0.0)))
                .containsExactly(2.5, 7.5, 11.25, 13.75, 16.25, 18.75);
    }

    @Test
    void lastBucketHasNoEnd() {
        assertThat(HistogramValues.of(List.of(10.0), List.of(0.0, 1.0))).containsExactly(15.0);
    }

    @Test
    void manyRequestsKeepTheirShape() {
        List<Double> values = HistogramValues.of(List.of(10.0, 20.0), List.of(30_000.0, 10_000.0, 0.0));
        assertThat(values).hasSize(400).isSorted();
        assertThat(values.stream().filter(v -> v <= 10).count()).isEqualTo(300);
        assertThat(values.get(200)).isCloseTo(6.68, within(0.05));
    }

    @Test
    void nothingIsNothing() {
        assertThat(HistogramValues.of(List.of(10.0), List.of(0.0, 0.0))).isEmpty();
    }

    @Test
    void bucketsMustFitTheBounds() {
        assertThatThrownBy(() -> HistogramValues.of(List.of(10.0), List.of(1.0)))
                .hasMessageContaining("1 bounds has 1 buckets");
    }
}
