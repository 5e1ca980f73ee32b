// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * Whether a look's buckets leave open if a trigger's condition holds. Nothing is interpolated: a quantile whose bucket has the limit
 * may lie on either side of it. Such a look breaks nothing, and shows nobody to be well.
 */
public final class BucketDoubt {
    private BucketDoubt() {}

    /**
     * What can't be told and which bounds would tell it; null where the condition surely holds, or surely doesn't, or nothing is known.
     *
     * @param canary whether the sample counts for the new version
     */
    public static String of(Trigger trigger, Event.Sample sample, boolean canary, Captured captured) {
        if (trigger.threshold().bound() instanceof Threshold.Burn burn) {
            return burn(trigger, burn, sample, canary);
        }
        if (Captured.needs(trigger)) {
            // no difference that both sides' bucket hides is the trigger's: the judge compares what stands side by side
            return null;
        }
        LevelRange value = MetricLevel.span(trigger.metric(), sample, canary);
        double limit = Baselines.limit(trigger, sample, canary, captured);
        Threshold.Comparison comparison = trigger.threshold().comparison();
        boolean told = value.isUnknown() || value.isExact() || value.surely(comparison, limit);
        return told || value.never(comparison, limit)
                ? null
                : trigger.entry() + " can't be told: " + trigger.metric().name() + " lies "
                        + text(trigger.metric(), value) + ", and so does its limit of "
                        + Units.text(trigger.metric(), limit)
                        + "; give the histogram a bound at the limit, or the limit the value of a bound";
    }

    /** A burn rate of requests beyond a far limit: those of the limit's own bucket may be such, or not. */
    private static String burn(Trigger trigger, Threshold.Burn burn, Event.Sample sample, boolean canary) {
        Metric metric = trigger.metric();
        Buckets buckets = MetricLevel.buckets(metric, sample, canary);
        double limit = metric.query().limit();
        if (buckets == null || Double.isNaN(limit) || metric.objective() == null || !(buckets.total() > 0)) {
            return null;
        }
        Buckets.Beyond beyond = buckets.beyond(limit);
        double allowed = burn.rate() * (1 - metric.objective().target()) * buckets.total();
        boolean open = beyond.hides() && beyond.surely() < allowed && beyond.possibly() >= allowed;
        return open
                ? trigger.entry() + " can't be told: " + metric.name() + "'s limit of " + Units.text(metric, limit)
                        + " lies " + text(metric, new LevelRange(beyond.low(), beyond.high()))
                        + ", as do requests that decide; give the histogram a bound at the limit, or the limit the value of a bound"
                : null;
    }

    private static String text(Metric metric, LevelRange span) {
        String unit = metric.unit() == null || metric.unit().isEmpty() ? "" : " " + metric.unit();
        return Double.isInfinite(span.high())
                ? "above " + Quantity.number(span.low()) + unit
                : "between " + Quantity.number(span.low()) + " and " + Quantity.number(span.high()) + unit;
    }
}
