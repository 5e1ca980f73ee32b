// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * The baseline's levels before the deployment, by metric: what a trigger is held against where no baseline is left.
 *
 * @param totals requests behind the levels of rates; a level without one is as it was found
 */
record Captured(Map<String, Double> levels, Map<String, Double> totals) {
    static final Captured NOTHING = new Captured(Map.of(), Map.of());

    /** What was known before stands: a later capture only adds. */
    Captured with(Event.Armed armed) {
        return new Captured(merged(armed.baseline(), levels), merged(armed.totals(), totals));
    }

    private static Map<String, Double> merged(Map<String, Double> news, Map<String, Double> known) {
        Map<String, Double> all = new HashMap<>(news == null ? Map.of() : news);
        all.putAll(known);
        return Map.copyOf(all);
    }

    /** NaN where unknown. */
    double level(Metric metric) {
        return levels.getOrDefault(metric.id(), Double.NaN);
    }

    /** NaN where unknown. */
    double total(Metric metric) {
        return totals.getOrDefault(metric.id(), Double.NaN);
    }

    static boolean needs(Trigger trigger) {
        Threshold.Bound bound = trigger.threshold().bound();
        return bound instanceof Threshold.AboveBaseline || bound instanceof Threshold.TimesBaseline;
    }

    /** Whether a trigger's reference lacks. */
    static boolean lacks(Plan plan, State s) {
        Captured captured = s.watching().captured();
        return plan.triggers().stream()
                .anyMatch(t -> needs(t)
                        && !t.metric().muted()
                        && Double.isNaN(Baselines.limit(t, captured.level(t.metric()), captured.total(t.metric()))));
    }

    /** Whether the release has moved no traffic yet, so that what is measured now is still from before it. */
    static boolean stillBefore(Plan plan, State s) {
        PhaseState phase = s.phase();
        if (phase.index() < 0) {
            return s.life() == Lifecycle.ARMED && !plan.enclosed();
        }
        boolean first =
                phase.index() == 0 || plan.phases().get(phase.index() - 1).weight() == 0;
        boolean untouched = s.life() == Lifecycle.SHIFTING
                && phase.shift().drifts() == 0
                && !s.effects().intended().contains(phase.shiftKey())
                && !s.effects().intended().contains(phase.bodyKey());
        return s.life().isCanary() && (Weights.of(plan, phase) == 0 || first && untouched);
    }
}
