// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * How a trigger that broke is told: each number with what it is of (quantile, window), its unit, and the limit as it is written and in
 * numbers.
 *
 * @param metric id of the metric that broke it, of several the first
 * @param value with its unit, of several joined by "and"
 */
public record TriggerText(String metric, String value, String limit, String reason) {
    public static TriggerText of(Trigger trigger, TriggerState state) {
        List<Trigger> broke = new ArrayList<>();
        List<TriggerState> states = new ArrayList<>();
        for (int i = 0; i < trigger.conditions().size(); i++) {
            TriggerState one = trigger.parts().isEmpty() ? state : state.parts().get(i);
            if (trigger.parts().isEmpty() || trigger.all() || one.complete() != null && broke.isEmpty()) {
                broke.add(trigger.conditions().get(i));
                states.add(one);
            }
        }
        String limit = trigger.threshold().text();
        String value = joined(broke, states, " and ", TriggerText::value);
        String seen =
                joined(broke, states, " and ", (t, s) -> name(t) + " " + value(t, s) + Subject.extent(t, s.extent()));
        boolean known = states.stream().noneMatch(s -> Double.isNaN(s.limit()));
        String numbers = joined(broke, states, ", ", (t, s) -> Subject.text(t, turned(t, s.limit()), Double.NaN));
        String reason = known
                ? seen + (broke.size() > 1 ? " break " : " breaks ") + limit + " (" + numbers + ")"
                : seen + " can't be held against " + limit + ": the baseline is unknown";
        return new TriggerText(broke.get(0).metric().id(), value, limit, reason);
    }

    private static String joined(
            List<Trigger> triggers,
            List<TriggerState> states,
            String by,
            BiFunction<Trigger, TriggerState, String> text) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            all.add(text.apply(triggers.get(i), states.get(i)));
        }
        return all.stream().distinct().collect(Collectors.joining(by));
    }

    private static String value(Trigger trigger, TriggerState state) {
        return MetricLevel.endOfBucket(trigger.metric(), trigger.threshold().comparison())
                + Subject.text(trigger, turned(trigger, state.value()), turned(trigger, state.limit()));
    }

    private static String name(Trigger trigger) {
        return (trigger.threshold().terms().success() ? "successes beside " : "") + Subject.name(trigger);
    }

    /** A limit of successes is told as it is written. */
    private static double turned(Trigger trigger, double value) {
        return trigger.threshold().terms().success() ? 1 - value : value;
    }
}
