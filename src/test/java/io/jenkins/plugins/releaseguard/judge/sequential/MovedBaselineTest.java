// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is spared is no number's change. */
class MovedBaselineTest {
    private static final double HALF = 0.5;
    private static final int CASES = 3000;

    private final Random random = new Random(5);

    /** Many ties, values below zero, one value on both sides, few or many of them. */
    private double[] sample() {
        double[] values = new double[1 + random.nextInt(random.nextBoolean() ? 4 : 60)];
        int distinct = 1 + random.nextInt(30);
        double least = random.nextInt(3) - 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = least + random.nextInt(distinct) * (random.nextBoolean() ? 0.25 : 0.1);
        }
        Arrays.sort(values);
        return values;
    }

    @Test
    void uIsTheNumberOfPairs() {
        for (int i = 0; i < CASES; i++) {
            double[] canary = sample();
            double[] baseline = sample();
            double scale = random.nextInt(4) / 2.0;
            double shift = (random.nextInt(5) - 2) / 4.0;
            double pairs = 0;
            for (double c : canary) {
                for (double b : baseline) {
                    double moved = b * scale + shift;
                    pairs += c > moved ? 1 : c == moved ? 0.5 : 0;
                }
            }
            assertThat(Ranks.u(canary, baseline, scale, shift)).isEqualTo(pairs);
        }
        assertThat(Ranks.u(new double[] {1}, new double[0], 1, 0)).isZero();
        assertThat(Ranks.u(new double[0], new double[] {1}, 1, 0)).isZero();
    }

    @Test
    void clippedBetsAreTheSameWhateverWasAskedBefore() {
        int spared = 0;
        for (int i = 0; i < CASES; i++) {
            double[] canary = sample();
            double[] baseline = sample();
            double sigma = Ranks.sigma(canary.length, baseline.length);
            double clip = Bets.clip(HALF, sigma);
            boolean gauge = random.nextBoolean();
            double level = Ranks.median(baseline);
            MovedBaseline moved = new MovedBaseline(canary, baseline, level, gauge, clip);
            assertThat(moved.same()).isEqualTo(Ranks.u(canary, baseline, 1, 0));
            for (int k = 0; k < 20; k++) {
                double ratio = random.nextInt(40) / 10.0;
                boolean relative = random.nextInt(4) > 0;
                double asked = moved.clipped(ratio, ratio - 1, relative);
                double exact =
                        new MovedBaseline(canary, baseline, level, gauge, clip).deviation(ratio, ratio - 1, relative);
                assertThat(moved.deviation(ratio, ratio - 1, relative)).isEqualTo(exact);
                spared += asked == exact ? 0 : 1;
                assertThat(Bets.symmetric(asked, HALF, sigma)).isEqualTo(Bets.symmetric(exact, HALF, sigma));
                assertThat(Bets.symmetric(-asked, HALF, sigma, 0.6))
                        .isEqualTo(Bets.symmetric(-exact, HALF, sigma, 0.6));
            }
        }
        assertThat(spared).isGreaterThan(CASES);
    }

    @Test
    void whatIsSpentStaysSo() {
        Capital spent = Capital.of(3, 0);
        assertThat(spent.isSpent()).isTrue();
        assertThat(spent.times(new double[] {0.1, 1, 2})).isEqualTo(spent);
        assertThat(spent.plus(1).isSpent()).isFalse();
        assertThat(Capital.of(2, Float.MIN_VALUE).isSpent()).isFalse();
    }
}
