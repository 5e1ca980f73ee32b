// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.OneWayAnova;

/**
 * Harm of values that their location doesn't show: more spread (Brown and Forsythe, JASA 69, 1974), more values that are not
 * zero (Fisher's exact test), more requests in the tail. Each has a fifth of alpha.
 *
 * @param test that found it, by name
 * @param found a phrase with the p-value
 */
record OtherHarm(String test, String found) {
    private static final double PART_OF_ALPHA = 0.2;

    /** Less is no more spread, whatever the p-value. */
    private static final double WIDER = 1.25;

    private static final int FEWEST_FOR_SPREAD = 5;

    /** The part of the baseline's values from which on zeros are the rule. */
    private static final double MOSTLY_ZERO = 0.5;

    /**
     * The first that is found, or null.
     *
     * @param alpha of the metric
     * @param c the canary's values, sorted and not empty
     * @param b the baseline's, likewise
     */
    static OtherHarm of(double alpha, MetricConfig m, double[] c, double[] b, MetricLook look) {
        double part = PART_OF_ALPHA * alpha;
        OtherHarm spread = m.raw() ? spread(part, m, c, b) : null;
        if (spread != null) {
            return spread;
        }
        OtherHarm zeros = m.worse() == Worse.LOWER ? null : zeros(part, c, b);
        return zeros != null ? zeros : tail(part, m, look);
    }

    private static OtherHarm spread(double alpha, MetricConfig m, double[] c, double[] b) {
        double[] dc = Ranks.deviations(c);
        double[] db = Ranks.deviations(b);
        double mc = Arrays.stream(dc).average().orElse(0);
        double mb = Arrays.stream(db).average().orElse(0);
        double ratio = Ranks.median(c) / Ranks.median(b);
        double scaled = ratio > 0 && Double.isFinite(ratio) ? Math.max(mb, mb * ratio) : mb;
        double allowed = WIDER + (m.allow().relative() ? m.allow().value() : 0);
        if (!(mc > allowed * scaled) || c.length < FEWEST_FOR_SPREAD || b.length < FEWEST_FOR_SPREAD) {
            return null;
        }
        double p = mb == 0 && dc[0] == dc[dc.length - 1]
                ? 0
                : OneWayAnova.withDefaults().test(Arrays.asList(dc, db)).getPValue() / 2;
        return p <= alpha
                ? new OtherHarm(
                        "Brown-Forsythe",
                        "the canary's values spread " + Quantity.number(mc / mb) + " times as wide, p = "
                                + Quantity.number(p))
                : null;
    }

    /** Mostly zeros on the baseline: how often is a value not zero? */
    private static OtherHarm zeros(double alpha, double[] c, double[] b) {
        int canary = c.length - zeroCount(c);
        int baseline = b.length - zeroCount(b);
        if (b[0] < 0 || c[0] < 0 || b.length - baseline < MOSTLY_ZERO * b.length) {
            return null;
        }
        int[][] table = {{canary, c.length - canary}, {baseline, b.length - baseline}};
        double p = FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(table)
                .getPValue();
        return p <= alpha && canary > 0
                ? new OtherHarm(
                        "Fisher's exact",
                        canary + " of " + c.length + " canary values are not zero, baseline " + baseline + " of "
                                + b.length + ", p = " + Quantity.number(p))
                : null;
    }

    private static int zeroCount(double[] values) {
        return (int) Arrays.stream(values).filter(v -> v == 0).count();
    }

    private static OtherHarm tail(double alpha, MetricConfig m, MetricLook look) {
        if (look.canaryTail() == null || look.baselineTail() == null) {
            return null;
        }
        MetricConfig rate = MetricConfig.builder(m.id(), MetricKind.RATE)
                .allow(m.allow().relative() ? m.allow() : Allow.NONE)
                .build();
        MetricFinding f = new EventComparison(alpha, rate).judge(look.canaryTail(), look.baselineTail(), Double.NaN);
        return f.verdict() == Verdict.FAIL
                ? new OtherHarm(
                        "tail counts",
                        Quantity.percent(f.canary()) + " of the canary's requests lie above the tail's limit, baseline "
                                + Quantity.percent(f.baseline()) + ", p = " + Quantity.number(f.p()))
                : null;
    }
}
