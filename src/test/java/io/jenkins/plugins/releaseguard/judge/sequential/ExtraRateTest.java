// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.SeededDraws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upper bound of the extra rate: wrong in no more releases than it says, and near the truth once much was seen. */
class ExtraRateTest {
    private static final int RUNS = 1000;
    private static final int LOOKS = 200;
    private static final double BAR = 20;

    @ParameterizedTest(name = "extra {0}, {2} and {3} requests a look, rate {1}")
    @CsvSource({
        "0.001, 0.01, 50, 950",
        "0.0083, 0.01, 5, 95",
        "0.0083, 0.01, 50, 50",
        "0.05, 0, 2, 2",
        "0.22, 0.01, 0.75, 14.25",
        "0.36, 0.2, 10, 10"
    })
    void theTrueExtraRateIsSeldomEverExcluded(double extra, double rate, double canary, double baseline) {
        int wrong = 0;
        int estimateWrong = 0;
        for (int run = 0; run < RUNS; run++) {
            SeededDraws draw = new SeededDraws(1_000_003L * run + 17);
            Capital ladder = null;
            double c = 0;
            double b = 0;
            boolean excluded = false;
            boolean underestimated = false;
            for (int i = 0; i < LOOKS; i++) {
                double nc = draw.poisson(canary);
                double nb = draw.poisson(baseline) + 1;
                double base = i == 0 ? Double.NaN : b / (i * (baseline + 1));
                double errors = draw.binomial(nc, Math.min(1, rate + extra));
                double others = draw.binomial(nb, rate);
                ladder = ExtraRate.look(ladder, i, errors, nc, others, nb, base, 1);
                c += errors;
                b += others;
                int refuted = ExtraRate.refuted(ladder, BAR);
                excluded |= refuted < ExtraRate.size() && ExtraRate.rung(refuted) <= extra;
                underestimated |= c / (i + 1) / canary - b / (i + 1) / (baseline + 1) < extra;
            }
            wrong += excluded ? 1 : 0;
            estimateWrong += underestimated ? 1 : 0;
        }
        // 5 % and three standard errors; a bound that is only an estimate is far from it
        assertThat(wrong).isLessThanOrEqualTo(70);
        assertThat(estimateWrong).isGreaterThan(RUNS / 2);
    }

    @Test
    void theBoundComesNearWhatIsThere() {
        Capital ladder = ExtraRate.start();
        assertThat(ExtraRate.refuted(ladder, BAR)).isEqualTo(ExtraRate.size());
        for (int i = 0; i < 100; i++) {
            ladder = ExtraRate.look(ladder, i, 10, 1000, 10, 1000, 0.01, 1);
        }
        double upper = ExtraRate.rung(ExtraRate.refuted(ladder, BAR));
        assertThat(upper).isBetween(0.001, 0.003);
    }

    @Test
    void clustersMakeItWider() {
        Capital single = null;
        Capital clustered = null;
        for (int i = 0; i < 40; i++) {
            single = ExtraRate.look(single, i, 1, 100, 1, 100, 0.01, 1);
            clustered = ExtraRate.look(clustered, i, 1, 100, 1, 100, 0.01, 5);
        }
        assertThat(ExtraRate.refuted(clustered, BAR)).isGreaterThan(ExtraRate.refuted(single, BAR));
    }

    @Test
    void harmThatBeginsLaterUndoesIt() {
        Capital ladder = null;
        for (int i = 0; i < 5000; i++) {
            ladder = ExtraRate.look(ladder, i, 1, 100, 1, 100, 0.01, 1);
        }
        int before = ExtraRate.refuted(ladder, BAR);
        for (int i = 0; i < 20; i++) {
            ladder = ExtraRate.look(ladder, 5000 + i, 30, 100, 1, 100, 0.01, 1);
        }
        assertThat(before).isLessThan(6);
        assertThat(ExtraRate.refuted(ladder, BAR)).isGreaterThan(8);
    }
}
