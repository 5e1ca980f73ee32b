// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightPairTest {
    @ParameterizedTest(name = "{0}, {1}, {2}, {3}: {4}")
    @CsvSource({
        "0, 1, 1, 0, 100",
        "100, 1, 1, 100, 0",
        "1, 1, 1, 1, 99",
        "5, 1, 1, 1, 19",
        "25, 1, 1, 1, 3",
        "50, 1, 1, 1, 1",
        "75, 1, 1, 3, 1",
        "99, 1, 1, 99, 1",
        "0.5, 1, 1, 1, 199",
        "10, 1, 3, 1, 3",
        "50, 2, 6, 3, 1"
    })
    void findsTheSmallestExactWeights(double percent, int canaries, int baselines, int canary, int baseline) {
        assertThat(WeightPair.of(percent, canaries, baselines)).contains(new WeightPair(canary, baseline));
    }

    @Test
    void refusesAShareThatWholeWeightsCannotGive() {
        assertThat(WeightPair.of(0.1, 1, 1)).isEmpty();
        assertThat(WeightPair.of(99.9, 1, 1)).isEmpty();
        assertThat(WeightPair.of(0.1, 1, 10)).isPresent();
    }

    @Property(tries = 500)
    void isWithinATwentiethOfWhatIsAskedAndWithinHaproxysRange(
            @ForAll @DoubleRange(min = 0.5, max = 99.5) double percent,
            @ForAll @IntRange(min = 1, max = 4) int canaries,
            @ForAll @IntRange(min = 1, max = 4) int baselines) {
        WeightPair.of(percent, canaries, baselines).ifPresent(pair -> {
            assertThat(pair.canary()).isBetween(1, 256);
            assertThat(pair.baseline()).isBetween(1, 256);
            assertThat(pair.share(canaries, baselines))
                    .isCloseTo(percent, within(0.05 * Math.min(percent, 100 - percent) + 1e-9));
        });
        if (canaries == baselines) {
            assertThat(WeightPair.of(percent, canaries, baselines)).isPresent();
        }
    }
}
