// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * The baseline's levels before the deployment, by metric: what a trigger is held against where no baseline is left.
 *
 * @param levels by {@link Subject#key}, in the metric's unit, rates as fractions; one that isn't there is unknown
 * @param totals requests behind the levels of rates; a level without one is as it was found
 * @param named whether a quantile is taken from a metric's name; null before the release was armed
 */
public record Captured(Map<String, Double> levels, Map<String, Double> totals, Boolean named) {
    public static final Captured NOTHING = new Captured(Map.of(), Map.of(), null);

    /** What was known before stands: a later capture only adds. */
    public Captured with(Event.Armed armed) {
        return new Captured(
                merged(armed.baseline(), levels),
                merged(armed.totals(), totals),
                named == null ? Boolean.valueOf(Boolean.TRUE.equals(armed.named())) : named);
    }

    /** What the trigger means in this release: one that an earlier version armed goes on as it began. */
    public Trigger armed(Trigger trigger) {
        return Boolean.FALSE.equals(named) ? trigger.unnamed() : trigger;
    }

    private static Map<String, Double> merged(Map<String, Double> news, Map<String, Double> known) {
        Map<String, Double> all = new HashMap<>(news == null ? Map.of() : news);
        all.putAll(known);
        return Map.copyOf(all);
    }

    /** NaN where unknown. */
    double level(Trigger trigger) {
        return levels.getOrDefault(Subject.key(trigger), Double.NaN);
    }

    /** NaN where unknown. */
    double total(Trigger trigger) {
        return totals.getOrDefault(Subject.key(trigger), Double.NaN);
    }

    /** Whether the trigger, which has one condition, is held against a baseline. */
    static boolean needs(Trigger trigger) {
        Threshold.Bound bound = trigger.threshold().bound();
        return bound instanceof Threshold.AboveBaseline || bound instanceof Threshold.TimesBaseline;
    }

    /** Whether nothing is known that the trigger could be held against. */
    public boolean lacks(Trigger trigger) {
        return !trigger.warns()
                && armed(trigger).conditions().stream()
                        .anyMatch(part -> needs(part)
                                && !part.metric().muted()
                                && Double.isNaN(Baselines.limit(part, level(part), total(part))));
    }
}
