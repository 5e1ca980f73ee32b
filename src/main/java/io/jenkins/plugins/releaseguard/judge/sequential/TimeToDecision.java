// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.Needed;

/** How long a promotion still takes, from the rate at which each metric's evidence has grown in this phase. */
final class TimeToDecision {
    private TimeToDecision() {}

    /** The slowest unmuted metric's wait, null when none waits or nothing can be said yet. */
    static Needed needed(JudgeConfig c, WatchState s) {
        if (!c.compares(s.phase()) || s.looks() == 0) {
            return null;
        }
        Needed longest = null;
        for (MetricConfig m : c.metrics()) {
            if (m.muted()) {
                continue;
            }
            Needed n = metric(c, m, s.metrics().get(m.id()), s);
            if (n != null && (longest == null || n.seconds() > longest.seconds())) {
                longest = n;
            }
        }
        return longest;
    }

    private static Needed metric(JudgeConfig c, MetricConfig m, MetricState s, WatchState w) {
        double seen = s.main().sums().canaryExposure();
        if (s.looks() == 0 || !(seen > 0)) {
            return null;
        }
        double perLook = seen / s.looks();
        double lookSeconds = w.seconds() / w.looks();
        double proven = MetricWatch.proven(s);
        double short0 = Math.max(0, m.minimum() - seen) / perLook;
        double missing = Math.log(1 / c.promoteAlpha()) - Math.log(Math.max(proven, 1e-30));
        if (missing <= 0) {
            return short0 > 0 ? wait(m, Math.ceil(short0), perLook, lookSeconds) : null;
        }
        double growth = Math.log(Math.max(proven, 1e-30)) / s.looks();
        if (growth <= 0.001) {
            return s.looks() < 5 ? null : new Needed(m.id(), Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        return wait(m, Math.ceil(Math.max(short0, missing / growth)), perLook, lookSeconds);
    }

    private static Needed wait(MetricConfig m, double looks, double perLook, double lookSeconds) {
        return new Needed(m.id(), Math.ceil(looks * perLook), looks * lookSeconds);
    }
}
