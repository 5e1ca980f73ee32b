// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.judge.Allow;
import org.junit.jupiter.api.Test;

class InformationBoundTest {
    private static final Allow DOUBLING = Allow.percent(100);
    private static final double HOUR = 3600;

    /** Conditional on the number of failures, one is the canary's with chance ½ or, twice as bad, ⅔. */
    @Test
    void aRareFailureOfEitherSideTellsWhatACoinDoes() {
        double coin = 0.5 * Math.log(0.5 * 3) + 0.5 * Math.log(0.5 * 1.5);

        assertThat(coin).isCloseTo(0.059, within(0.0005));
        assertThat(InformationBound.perRequest(0.5, 1e-5, DOUBLING) / 1e-5).isCloseTo(coin, within(1e-5));
        double share = 0.05;
        double worse = 2 * share / (1 + share);
        double lopsided = share * Math.log(share / worse) + (1 - share) * Math.log((1 - share) / (1 - worse));
        assertThat(InformationBound.perRequest(share, 1e-5, DOUBLING) / 1e-5).isCloseTo(lopsided, within(1e-5));
    }

    /** Without a failure on either side, each of the canary's requests speaks against an extra rate. */
    @Test
    void withoutFailuresTheCanarysRequestsTell() {
        assertThat(InformationBound.perRequest(0.25, 0, Allow.absolute(0.002)))
                .isCloseTo(-0.25 * Math.log1p(-0.002), within(1e-9));
        assertThat(InformationBound.seconds(10, 0.25, 0, DOUBLING, 1))
                .as("twice nothing is nothing")
                .isInfinite();
    }

    /** The baseline that explains best what was seen is the one that is searched for. */
    @Test
    void noOtherBaselineIsHarderToTell() {
        for (Allow margin : new Allow[] {DOUBLING, Allow.absolute(0.01), Allow.percent(400)}) {
            double level = 0.02;
            double share = 0.3;
            double least = Double.POSITIVE_INFINITY;
            for (double other = 1e-5; other < 0.15; other += 1e-5) {
                double canary = margin.relative() ? other * (1 + margin.value()) : other + margin.value();
                least = Math.min(least, share * kl(level, canary) + (1 - share) * kl(level, other));
            }
            assertThat(InformationBound.perRequest(share, level, margin)).isCloseTo(least, within(1e-8));
        }
    }

    private static double kl(double p, double q) {
        return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    }

    /**
     * The likelihood ratio itself, request by request in lots: of harmless releases all but 2 % have come to 20 by the time that is
     * told, and far fewer by half of it. It knows the rates, which no judge does.
     */
    @Test
    void aLikelihoodRatioNeedsThatLong() {
        double level = 0.01;
        double share = 0.5;
        double rate = 10;
        double seconds = InformationBound.seconds(rate, share, level, DOUBLING, 1);
        double other =
                0.01 * 2 / 3; // of the hardest null hypothesis: as many failures in all, two of three the canary's

        assertThat(reached(seconds, rate, share, level, other)).isBetween(0.97, 0.99);
        assertThat(reached(seconds / 2, rate, share, level, other)).isLessThan(0.85);
    }

    private static double reached(double seconds, double rate, double share, double level, double other) {
        int releases = 4000;
        int reached = 0;
        double lot = 5;
        for (int r = 0; r < releases; r++) {
            Dice dice = new Dice(7, r);
            double log = 0;
            for (double t = 0; t < seconds && log < Math.log(20); t += lot) {
                double n = lot * rate * share;
                double c = dice.binomial(n, level);
                double b = dice.binomial(lot * rate - n, level);
                log += ratio(c, n, level, 2 * other) + ratio(b, lot * rate - n, level, other);
            }
            reached += log >= Math.log(20) ? 1 : 0;
        }
        return (double) reached / releases;
    }

    private static double ratio(double events, double requests, double level, double other) {
        return events * Math.log(level / other) + (requests - events) * Math.log((1 - level) / (1 - other));
    }

    /** As docs/judge.md and docs/plan.md tell it. */
    @Test
    void theFiguresOfThePages() {
        assertThat(InformationBound.nats()).isCloseTo(10.3, within(0.05));
        assertThat(InformationBound.nats() / 0.0589).isCloseTo(175, within(1.0));
        assertThat(InformationBound.seconds(1, 0.5, 0.01, DOUBLING, 1) / HOUR).isCloseTo(4.8, within(0.1));
        assertThat(InformationBound.seconds(1, 0.5, 0.01, DOUBLING, 3) / HOUR)
                .as("clusters of three")
                .isCloseTo(3 * 4.8, within(0.3));
        assertThat(InformationBound.seconds(100, 0.5, 0.01, DOUBLING, 1)).isBetween(170.0, 175.0);
    }
}
