// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;

/**
 * The number that a trigger's value is held against. Nothing seen among n requests is no proof of never: for multiples of it the
 * baseline's rate is then the upper end of its 95 % interval, 3/n ("rule of three": Hanley, Lippman-Hand, JAMA 249 (1983) 1743).
 */
final class Baselines {
    private static final double RULE_OF_THREE = 3;

    private Baselines() {}

    /** In the metric's unit; NaN where it depends on a baseline that isn't known. */
    static double limit(Trigger trigger, Event.Sample sample, boolean canaryServes, Captured captured) {
        double before = limit(trigger, captured.level(trigger), captured.total(trigger));
        double beside = canaryServes ? Subject.baseline(trigger, sample) : Double.NaN;
        if (Double.isNaN(beside)) {
            return before;
        }
        double total = sample.baselineTotal() == null ? Double.NaN : sample.baselineTotal();
        double now = limit(trigger, beside, total);
        // a look has few requests; where they are free of errors, the capture may know better
        return isNothing(trigger, beside) && !(now <= before) && !Double.isNaN(before) ? before : now;
    }

    /** Whether the look's reference is a baseline in which nothing was seen. */
    static boolean isNothing(Trigger trigger, Event.Sample sample, boolean canaryServes, Captured captured) {
        return isNothing(trigger, level(trigger, sample, canaryServes, captured));
    }

    /** The baseline beside the new version, else as it was before it; NaN where neither is known. */
    static double level(Trigger trigger, Event.Sample sample, boolean canaryServes, Captured captured) {
        double beside = canaryServes ? Subject.baseline(trigger, sample) : Double.NaN;
        return Double.isNaN(beside) ? captured.level(trigger) : beside;
    }

    /** @param total requests behind the level, NaN where unknown */
    static double limit(Trigger trigger, double level, double total) {
        Threshold.Bound bound = trigger.threshold().bound();
        if (bound instanceof Threshold.Fixed fixed) {
            return Units.inUnitOf(trigger.metric(), fixed.value(), fixed.unit());
        }
        if (bound instanceof Threshold.AboveBaseline above) {
            return level + Units.inUnitOf(trigger.metric(), above.amount(), above.unit());
        }
        if (bound instanceof Threshold.TimesBaseline times) {
            return isNothing(trigger, level)
                    ? times.factor() * floor(trigger.metric(), total, times.factor())
                    : times.factor() * level;
        }
        return Double.NaN;
    }

    /** Whether a multiple is asked of a rate or a count that was never seen: a single event must not break it. */
    static boolean isNothing(Trigger trigger, double level) {
        Metric.Kind kind = trigger.metric().kind();
        return level == 0
                && trigger.threshold().bound() instanceof Threshold.TimesBaseline
                && (kind == Metric.Kind.RATE || kind == Metric.Kind.COUNT);
    }

    /** NaN where so few requests were seen that even a failure of all could not exceed the limit. */
    private static double floor(Metric metric, double total, double factor) {
        if (metric.kind() == Metric.Kind.COUNT) {
            return RULE_OF_THREE;
        }
        double rate = RULE_OF_THREE / total;
        return rate * factor < 1 ? rate : Double.NaN;
    }
}
