// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.Worse;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Given how many events there were on both sides, the canary's number is binomial with its share of the exposure (Przyborowski
 * and Wilenski, Biometrika 31, 1940); limits of Clopper and Pearson (Biometrika 26, 1934).
 *
 * @param n events on both sides
 * @param c the canary's
 * @param share of the exposure that was the canary's, between 0 and 1
 */
record ConditionalBinomial(int n, int c, double share) {
    /**
     * The p-value of harm beyond a margin.
     *
     * @param margin a fraction of the baseline's rate; with 0 both directions are the exact two-sided test
     */
    double p(Worse worse, double margin) {
        if (n == 0) {
            return 1;
        }
        if (worse == Worse.EITHER && margin == 0) {
            return BinomialTest.withDefaults()
                    .with(AlternativeHypothesis.TWO_SIDED)
                    .test(n, c, share)
                    .getPValue();
        }
        return worse.p(d -> beyond(d, margin));
    }

    private double beyond(Direction d, double margin) {
        BinomialDistribution atMargin = BinomialDistribution.of(n, Counts.shareAt(share, d.ratio(margin, 0)));
        return d == Direction.UP ? atMargin.survivalProbability(c - 1) : atMargin.cumulativeProbability(c);
    }

    /** Of the relative change of the rate; as wide as the test is sided. */
    Interval interval(Worse worse, double alpha) {
        double tail = worse == Worse.EITHER ? alpha / 2 : alpha;
        double low = c == 0 ? 0 : BetaDistribution.of(c, n - c + 1.0).inverseCumulativeProbability(tail);
        double high = upperLimit(c, n, tail);
        return new Interval(change(low), change(high), 1 - 2 * tail);
    }

    private double change(double shareOfEvents) {
        return shareOfEvents / (1 - shareOfEvents) * (1 - share) / share - 1;
    }

    /** Clopper and Pearson's upper limit of a fraction, 1 where all of n are events. */
    static double upperLimit(double events, double n, double tail) {
        return events >= n ? 1 : BetaDistribution.of(events + 1, n - events).inverseSurvivalProbability(tail);
    }
}
