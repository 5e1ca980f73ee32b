// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import java.util.Arrays;
import java.util.Locale;

/** One release under the rollout's usual rule: a phase bakes, is left on promote, and is held where that takes too long. */
final class RegimeRollout {
    static final double BAKE = 15 * 60;
    static final double MOST = 30 * 60;

    /**
     * How it ended.
     *
     * @param phase in which it did
     * @param minutes from the start of the release; of a release that went through, all of it
     */
    record End(boolean stopped, boolean held, int phase, double minutes) {}

    private RegimeRollout() {}

    /** The same by budget, as contracts have it. */
    static JudgeConfig byBudget(JudgeConfig c) {
        return JudgeConfig.builder(c.metrics(), c.phaseShares())
                .sticky(c.sticky())
                .promotion(Promotion.BUDGET)
                .longest(c.phaseShares().stream().map(s -> MOST).toList())
                .build();
    }

    static End run(JudgeConfig c, RegimeTraffic traffic) {
        WatchState s = Watch.start(c);
        double minutes = 0;
        for (int p = 0; p < c.phaseShares().size() && c.compares(p); p++) {
            double baked = 0;
            boolean promoted = false;
            while (!promoted && baked < MOST) {
                Look look = traffic.look(p, c.phaseShares().get(p));
                WatchStep step = Watch.look(c, s, look);
                s = step.state();
                baked += look.warmup() ? 0 : look.seconds();
                minutes += look.seconds() / 60;
                if (step.verdict().action() == Action.STOP) {
                    return new End(true, false, p, minutes);
                }
                promoted = baked >= BAKE && step.verdict().action() == Action.PROMOTE;
            }
            if (!promoted) {
                return new End(false, true, p, minutes);
            }
        }
        return new End(false, false, c.phaseShares().size(), minutes);
    }

    /** Minutes in one phase until an action after a time, infinite when it doesn't come. */
    static double minutesUntil(
            JudgeConfig c, RegimeTraffic traffic, int phase, Action wanted, double after, double most) {
        WatchState s = Watch.start(c);
        for (double t = 0; t < most; ) {
            Look look = traffic.look(phase, c.phaseShares().get(phase));
            WatchStep step = Watch.look(c, s, look);
            s = step.state();
            t += look.seconds();
            if (step.verdict().action() == Action.STOP && (t <= after || wanted != Action.STOP)) {
                return Double.NaN;
            }
            if (t > after && step.verdict().action() == wanted) {
                return (t - after) / 60;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Whether a metric passes at some look within the longest bake, also where the release would have been stopped before. */
    static boolean passes(JudgeConfig c, RegimeTraffic traffic, int phase, int metric) {
        WatchState s = Watch.start(c);
        for (double t = 0; t < MOST; ) {
            Look look = traffic.look(phase, c.phaseShares().get(phase));
            WatchStep step = Watch.look(c, s, look);
            s = step.state();
            t += look.seconds();
            if (step.verdict().findings().get(metric).verdict() == Verdict.PASS) {
                return true;
            }
        }
        return false;
    }

    /** A part with Wilson's 95 % interval, in percent. */
    static String part(int k, int n) {
        double z = 1.959964;
        double p = (double) k / n;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        return String.format(
                Locale.ROOT, "%.1f [%.1f–%.1f]", 100 * p, 100 * Math.max(0, middle - half), 100 * (middle + half));
    }

    /** A quantile in minutes; what never ended counts as more than all others. */
    static String minutes(double[] of, double quantile) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        double v = sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.1f", v) : "–";
    }
}
