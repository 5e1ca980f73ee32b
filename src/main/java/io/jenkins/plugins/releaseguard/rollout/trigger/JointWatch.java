// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A trigger over its looks, with one condition or several. Of those joined by "and" all must hold at the same look, each as long as it
 * says; a look that tells nothing of one of them completes nothing.
 */
public final class JointWatch {
    private JointWatch() {}

    /**
     * How far the trigger has come with one more look.
     *
     * @param samples by metric id
     * @param canary whether a sample counts for the new version
     * @param interval between looks as planned
     */
    public static TriggerState next(
            Trigger trigger,
            TriggerState state,
            Map<String, Event.Sample> samples,
            Predicate<Event.Sample> canary,
            Captured captured,
            Event.Looked look,
            Duration interval) {
        // what ends a release is complete once and for all, a warning until it is quiet
        if (trigger.warns() && state.quiet() && state.complete() != null) {
            return next(trigger, state.incomplete(), samples, canary, captured, look, interval);
        }
        if (trigger.parts().isEmpty()) {
            return one(trigger, state, samples, canary, captured, look, interval);
        }
        List<TriggerState> parts = new ArrayList<>();
        for (int i = 0; i < trigger.parts().size(); i++) {
            TriggerState before =
                    state.parts().isEmpty() ? TriggerState.QUIET : state.parts().get(i);
            // which of several broke stays known, whatever the next looks say
            before = state.complete() == null ? before.incomplete() : before;
            parts.add(one(trigger.parts().get(i), before, samples, canary, captured, look, interval));
        }
        return joined(trigger.all(), state, parts, look);
    }

    private static TriggerState one(
            Trigger trigger,
            TriggerState state,
            Map<String, Event.Sample> samples,
            Predicate<Event.Sample> canary,
            Captured captured,
            Event.Looked look,
            Duration interval) {
        Event.Sample sample = samples.get(trigger.metric().id());
        if (sample == null || sample.missing() != null) {
            return state;
        }
        boolean blind = trigger.warns()
                && canary.test(sample)
                && TriggerWatch.blind(trigger, sample, true, false, captured) != null;
        return blind
                ? unknown(trigger, sample, look)
                : TriggerWatch.next(trigger, state, sample, canary.test(sample), captured, look, interval);
    }

    /** A warning that has nothing to compare with is taken for one that is passed: it holds, and nothing more. */
    private static TriggerState unknown(Trigger trigger, Event.Sample sample, Event.Looked look) {
        double value = Subject.canary(trigger, sample);
        return new TriggerState(
                look.from(), look.to(), value, Double.NaN, look.to(), true, 0, 0, 0, Extent.NONE, BurnWindow.EMPTY);
    }

    private static TriggerState joined(boolean all, TriggerState state, List<TriggerState> parts, Event.Looked look) {
        boolean violated = all
                ? parts.stream().noneMatch(TriggerState::quiet)
                : !parts.stream().allMatch(TriggerState::quiet);
        boolean holds = all
                ? parts.stream().allMatch(p -> p.complete() != null)
                : parts.stream().anyMatch(p -> p.complete() != null);
        Instant since = !violated
                ? null
                : parts.stream()
                        .map(TriggerState::since)
                        .filter(Objects::nonNull)
                        .reduce((a, b) -> a.isAfter(b) == all ? a : b)
                        .orElse(null);
        TriggerState shown =
                parts.stream().filter(p -> p.complete() != null).findFirst().orElse(parts.get(0));
        Instant complete = state.complete() != null ? state.complete() : holds ? look.to() : null;
        return new TriggerState(
                since,
                violated ? look.to() : null,
                shown.value(),
                shown.limit(),
                complete,
                shown.canary(),
                0,
                0,
                0,
                shown.extent(),
                state.window(),
                state.looked(),
                state.spread(),
                parts);
    }
}
