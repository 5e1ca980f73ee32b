// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.judge.Counts;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;

/**
 * Numbers of gostevehoward/confseq. Its conjugate mixtures are integrals of our likelihood-ratio bets over the stake: the values
 * of its unit tests (from a reference implementation in R, 1e-5) come out when ours are integrated. Its betting martingales are
 * ours entry by entry: the values below were printed by its {@code betting_mart} and {@code diversified_betting_mart}.
 */
class ConfseqReferenceTest {
    private static final double ITS_TOLERANCE = 1e-5;

    /** Looks of canary errors among all errors, the canary's share 0.2 throughout. */
    private static final double[] CANARY = {3, 1, 0, 4, 2, 5, 1, 3};

    private static final double[] ALL = {10, 8, 5, 12, 6, 11, 9, 7};
    private static final double SHARE = 0.2;

    @Test
    void tiltedBinomialsMixToItsBetaBinomialMixture() {
        // TestTwoSidedBetaBinomialMixture, TestOneSidedBetaBinomialMixture: S = 10, V = 100, g = 0.2, h = 0.8
        assertThat(betaBinomial(rho(0.05), 0)).isCloseTo(-0.6941012, within(ITS_TOLERANCE));
        assertThat(betaBinomial(rho(0.1), SHARE)).isCloseTo(-0.07134019, within(ITS_TOLERANCE));
    }

    /** S = c - n p and V = n p (1 - p): 135 canary events of 625 at p = 0.2. */
    private static double betaBinomial(double rho, double from) {
        double r = rho - SHARE * (1 - SHARE);
        BetaDistribution prior = BetaDistribution.of(r / (1 - SHARE), r / SHARE);
        double mass = 1 - prior.cumulativeProbability(from);
        return Math.log(integral(from, 1, q -> prior.density(q) / mass * tilts(q)));
    }

    /** In looks of five events, so that no look's factor reaches its cap. */
    private static double tilts(double q) {
        double lambda = Math.log(SHARE / (1 - SHARE)) - Math.log(q / (1 - q));
        return Math.pow(Bets.tilt(1, 5, SHARE, lambda, 1), 115) * Math.pow(Bets.tilt(2, 5, SHARE, lambda, 1), 10);
    }

    @Test
    void tiltedPoissonsMixToItsGammaPoissonMixture() {
        // TestGammaPoissonMixture: S = 10, V = 100, c = 2, that is 30 events where 25 were expected
        double k = rho(0.1) / 4;
        GammaDistribution prior = GammaDistribution.of(k, 1 / k);
        double mass = prior.survivalProbability(1);
        double mixture = integral(1, 8, t -> prior.density(t) / mass * rare(Math.log(t)));
        assertThat(Math.log(mixture)).isCloseTo(-0.06991219, within(ITS_TOLERANCE));
    }

    private static double rare(double tilt) {
        return Math.pow(Bets.rare(1, 1, -tilt, 1), 20) * Math.pow(Bets.rare(2, 1, -tilt, 1), 5);
    }

    @Test
    void itsTuningIsWhereItPublishesIt() {
        // TestTwoSidedNormalMixture: best_rho(100, 0.05)
        assertThat(rho(0.05)).isCloseTo(12.60056, within(ITS_TOLERANCE));
    }

    private static double rho(double alpha) {
        double log = 2 * Math.log(1 / alpha);
        return 100 / (log + Math.log(1 + log));
    }

    @Test
    void linearBetsOnHarmAreItsBettingMartingale() {
        double[][] theirs = {
            {
                1.1950354609929077, 1.0511078324791634, 0.8304554248976597, 1.0824556917631563,
                1.2615085129570616, 1.9407823276262484, 1.6336081462753314, 2.1660433939502544
            },
            {
                1.3349282296650717, 1.0181655988970886, 0.4656726382552576, 0.6820848186892361,
                0.9455106797002514, 1.769155538461359, 1.255825434037338, 2.1294431272807035
            }
        };
        double[] capital = {1, 1};
        double[] harms = {Counts.shareAt(SHARE, 1.5) - SHARE, Counts.shareAt(SHARE, 3) - SHARE};
        for (int i = 0; i < CANARY.length; i++) {
            double sigma = Math.sqrt(SHARE * (1 - SHARE) / ALL[i]);
            double[] factors = Bets.harmOfEvents(
                    CANARY[i] / ALL[i] - SHARE, SHARE, sigma, harms, true, false, ALL[i], new double[] {1, 1, 1, 1});
            for (int bet = 0; bet < 2; bet++) {
                capital[bet] *= factors[bet];
                assertThat(capital[bet]).isCloseTo(theirs[bet][i], within(1e-12 * theirs[bet][i]));
            }
        }
    }

    @Test
    void betsOnASymmetricDeviationAreItsDiversifiedMartingale() {
        double[] theirs = {
            1.24, 1.8159999999999998, 2.9962, 3.6802600000000005,
            4.538468666666667, 4.832898793939394, 7.531282748080809, 8.329935594738817
        };
        double[] capital = {1, 1, 1};
        for (int i = 0; i < CANARY.length; i++) {
            double[] factors = Bets.symmetric(0.5 - CANARY[i] / ALL[i], 0.5, 0.5);
            double mean = 0;
            for (int bet = 0; bet < Bets.PROOF; bet++) {
                capital[bet] *= factors[bet];
                mean += capital[bet] / Bets.PROOF;
            }
            assertThat(mean).isCloseTo(theirs[i], within(1e-12 * theirs[i]));
        }
    }

    /** Simpson's rule. */
    private static double integral(double from, double to, DoubleUnaryOperator f) {
        int n = 20_000;
        double h = (to - from) / n;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double at = Math.min(to - 1e-12, Math.max(from + 1e-12, from + i * h));
            sum += f.applyAsDouble(at) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum * h / 3;
    }
}
