// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether a look's buckets leave open if a trigger's condition holds. Nothing is interpolated: a quantile whose bucket has the limit
 * may lie on either side of it. Such a look breaks nothing, and shows nobody to be well.
 */
public final class BucketDoubt {
    private BucketDoubt() {}

    /**
     * The same after a look, with what the trigger looks back on. Where all of several conditions must hold and one surely doesn't, nothing is
     * open.
     *
     * @param after how far the trigger has come with the look
     * @param samples by metric id
     * @param canary whether a sample counts for the new version
     */
    public static String of(
            Trigger trigger,
            TriggerState after,
            Map<String, Event.Sample> samples,
            Predicate<Event.Sample> canary,
            Captured captured) {
        String doubt = null;
        for (int i = 0; i < trigger.conditions().size(); i++) {
            Trigger one = trigger.conditions().get(i);
            TriggerState state =
                    trigger.parts().isEmpty() ? after : after.parts().get(i);
            Event.Sample sample = samples.get(one.metric().id());
            if (one.metric().muted() || sample == null || sample.missing() != null) {
                continue;
            }
            boolean few = one.threshold().bound() instanceof Threshold.Sigma
                    && canary.test(sample)
                    && !state.spread().isEnough();
            String open = few
                    ? one.entry() + " can't be told: the baseline of "
                            + one.metric().id() + " has been seen in "
                            + state.spread().looks() + " looks, and how far apart they lie is told by " + Spread.LEAST
                    : one.windowed()
                            ? windowed(one, state.looked(), captured)
                            : of(one, sample, canary.test(sample), captured);
            if (open == null && trigger.all() && state.quiet()) {
                return null;
            }
            doubt = doubt == null ? open : doubt;
        }
        return doubt;
    }

    private static String windowed(Trigger trigger, LookWindow window, Captured captured) {
        if (window.looks().isEmpty() || !Reading.isLived(trigger, window) || Captured.needs(trigger)) {
            return null;
        }
        Reading reading = Reading.of(trigger, window, captured);
        boolean known = reading.value().isUnknown() || Double.isNaN(reading.limit());
        return reading.told() || known ? null : open(trigger, reading.value(), reading.limit());
    }

    /**
     * What can't be told and which bounds would tell it; null where the condition surely holds, or surely doesn't, or nothing is known.
     *
     * @param canary whether the sample counts for the new version
     */
    public static String of(Trigger trigger, Event.Sample sample, boolean canary, Captured captured) {
        if (trigger.threshold().bound() instanceof Threshold.Burn burn) {
            return burn(trigger, burn, sample, canary);
        }
        if (Captured.needs(trigger) || trigger.perTime()) {
            // no difference that both sides' bucket hides is the trigger's: the judge compares what stands side by side
            return null;
        }
        LevelRange value = MetricLevel.span(trigger.metric(), Subject.quantile(trigger), sample, canary);
        double limit = Baselines.limit(trigger, sample, canary, captured);
        Threshold.Comparison comparison = trigger.threshold().comparison();
        boolean told = value.isUnknown() || value.isExact() || value.surely(comparison, limit);
        return told || value.never(comparison, limit) ? null : open(trigger, value, limit);
    }

    private static String open(Trigger trigger, LevelRange value, double limit) {
        return trigger.entry() + " can't be told: " + Subject.name(trigger) + " lies " + text(trigger.metric(), value)
                + ", and so does its limit of " + Units.text(trigger.metric(), limit)
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
