// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.Needed;

/** How long a promotion still takes, from the rate at which each metric's evidence has grown in this phase. */
final class TimeToDecision {
    /** Keeps logarithms finite. */
    private static final double LEAST_CAPITAL = 1e-30;

    /** Growth of the logarithm in a look, below which evidence isn't building up. */
    private static final double STANDSTILL = 0.001;

    /** Before that nobody is told that it isn't. */
    private static final int FEWEST_LOOKS = 5;

    private TimeToDecision() {}

    /** The slowest unmuted metric's wait, null when none waits or nothing can be said yet. */
    static Needed needed(BudgetRule budget, JudgeConfig c, WatchState s) {
        if (!c.compares(s.phase()) || s.looks() == 0) {
            return null;
        }
        Needed longest = null;
        for (MetricConfig m : c.metrics()) {
            if (m.muted()) {
                continue;
            }
            Needed n = metric(budget, c, m, s.metrics().get(m.id()), s);
            if (n != null && (longest == null || n.seconds() > longest.seconds())) {
                longest = n;
            }
        }
        return longest;
    }

    private static Needed metric(BudgetRule budget, JudgeConfig c, MetricConfig m, MetricState s, WatchState w) {
        double seen = s.main().seen().canaryExposure();
        if (s.looks() == 0 || !(seen > 0)) {
            return null;
        }
        double perLook = seen / s.looks();
        double lookSeconds = w.seconds() / w.looks();
        CostAhead cost = budget.of(m);
        boolean costs = budget.applies() && (cost != null || !c.beforeAll(w.phase()));
        double bar = costs ? CostAhead.bar(c, w.phase()) : 1 / JudgeConfig.PROMOTE_ALPHA;
        double proven = !costs ? s.proven() : cost == null || cost.refute() < 0 ? bar : cost.capital();
        double looksToMinimum = s.looksToMinimum(budget.minimum(m));
        double missing = Math.log(bar) - Math.log(Math.max(proven, LEAST_CAPITAL));
        if (missing <= 0) {
            return looksToMinimum > 0 ? wait(m, Math.ceil(looksToMinimum), perLook, lookSeconds) : null;
        }
        double growth = Math.log(Math.max(proven, LEAST_CAPITAL)) / s.looks();
        if (growth <= STANDSTILL) {
            return s.looks() < FEWEST_LOOKS
                    ? null
                    : new Needed(m.id(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        return wait(m, Math.ceil(Math.max(looksToMinimum, missing / growth)), perLook, lookSeconds);
    }

    private static Needed wait(MetricConfig m, double looks, double perLook, double lookSeconds) {
        return new Needed(m.id(), Math.ceil(looks * perLook), looks * lookSeconds);
    }
}
