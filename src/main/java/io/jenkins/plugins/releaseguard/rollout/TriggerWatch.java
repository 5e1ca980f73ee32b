// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.BurnRates;
import java.time.Duration;
import java.time.Instant;

/**
 * A trigger over its looks. {@code >2% of requests for 5 minutes} holds when every look that had data violated it, without a
 * break, over five minutes; a look without data neither adds to the run nor breaks it.
 * The new version is watched whenever it may have traffic, also while it is being shifted.
 */
final class TriggerWatch {
    private TriggerWatch() {}

    static TriggerState next(
            Trigger trigger,
            TriggerState state,
            Event.Sample sample,
            boolean canaryServes,
            double captured,
            Event.Looked look) {
        if (trigger.threshold().bound() instanceof Threshold.Burn burn) {
            return burn(trigger, burn, state, sample, canaryServes, look);
        }
        double canary = MetricLevel.canary(trigger.metric(), sample);
        double baseline = MetricLevel.baseline(trigger.metric(), sample);
        if (state.isOfCanaryOnly(canaryServes)) {
            return state;
        }
        // without traffic on the canary the service as users meet it is the baseline
        double value = canaryServes ? canary : baseline;
        double reference = canaryServes && !Double.isNaN(baseline) ? baseline : captured;
        return next(trigger, state, value, limit(trigger, reference), canaryServes, look);
    }

    private static TriggerState next(
            Trigger trigger, TriggerState state, double value, double limit, boolean canary, Event.Looked look) {
        if (Double.isNaN(value) || Double.isNaN(limit)) {
            return state;
        }
        Threshold threshold = trigger.threshold();
        if (!threshold.comparison().holds(value, limit)) {
            return new TriggerState(null, null, value, limit, state.complete(), canary, state.window());
        }
        Instant since = state.since() == null ? look.from() : state.since();
        boolean held = Duration.between(since, look.to()).compareTo(threshold.sustained()) >= 0;
        Instant complete = state.complete() != null ? state.complete() : held ? look.to() : null;
        return new TriggerState(since, look.to(), value, limit, complete, canary, state.window());
    }

    /** The number the value is compared with, in the metric's unit; NaN where it depends on a baseline that isn't known. */
    private static double limit(Trigger trigger, double baseline) {
        Threshold.Bound bound = trigger.threshold().bound();
        if (bound instanceof Threshold.Fixed fixed) {
            return Units.inUnitOf(trigger.metric(), fixed.value(), fixed.unit());
        }
        if (bound instanceof Threshold.AboveBaseline above) {
            return baseline + Units.inUnitOf(trigger.metric(), above.amount(), above.unit());
        }
        if (bound instanceof Threshold.TimesBaseline times) {
            // a baseline without any errors makes every multiple zero: one stray error is no breach, so nothing is said
            return baseline > 0 ? baseline * times.factor() : Double.NaN;
        }
        return Double.NaN;
    }

    /**
     * Both windows must burn; until the short one has been lived through, nothing is said, since a fresh canary's first error is
     * a hundredfold burn.
     */
    private static TriggerState burn(
            Trigger trigger,
            Threshold.Burn burn,
            TriggerState state,
            Event.Sample sample,
            boolean canaryServes,
            Event.Looked look) {
        Double errors = canaryServes ? sample.canaryErrors() : sample.baselineErrors();
        Double total = canaryServes ? sample.canaryTotal() : sample.baselineTotal();
        boolean betweenPhases = !canaryServes && state.window().canary();
        if (errors == null || total == null || trigger.metric().objective() == null || betweenPhases) {
            return state;
        }
        Duration shorter = burn.shortWindow() == null ? burn.longWindow() : burn.shortWindow();
        BurnWindow window = (canaryServes ? state.window().ofCanary() : state.window())
                .with(look.from(), look.to(), errors, total, burn.longWindow());
        Metric.Objective objective = trigger.metric().objective();
        BurnRates rates = new BurnRates(objective.target(), objective.period().toMillis() / 1000.0);
        BurnRates.Burn seen = rates.over(
                new BurnRates.Window(burn.rate(), seconds(burn.longWindow()), seconds(shorter)),
                window.counts(burn.longWindow()),
                window.counts(shorter));
        boolean lived = window.span().compareTo(shorter) >= 0;
        Threshold.Comparison comparison = trigger.threshold().comparison();
        boolean burns = lived
                && seen.breached()
                && comparison.holds(seen.longBurn(), burn.rate())
                && comparison.holds(seen.shortBurn(), burn.rate());
        Instant complete = state.complete() != null ? state.complete() : burns ? look.to() : null;
        double budget = 1 - objective.target();
        double limit = burn.rate() * budget;
        double value = seen.shortBurn() * budget;
        Instant since = burns ? state.since() == null ? look.from() : state.since() : null;
        return new TriggerState(since, burns ? look.to() : null, value, limit, complete, canaryServes, window);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
