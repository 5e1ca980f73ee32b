// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rollout's decisions: from the state and the time to what has thereby happened and what to do next. Pure and level-triggered:
 * the answer depends on the state alone, so that going on after a restart is the same as going on.
 */
public final class Rollout {
    /** Where people wait for traffic to move. */
    private static final Duration SOON = Duration.ofMillis(250);

    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(10);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final int WAKES_PER_LOOK = 2;
    private static final Duration NEVER = Duration.ofDays(1);

    private Rollout() {}

    /** How the canary begins. */
    public static Event.PhaseStarted firstPhase(Plan plan) {
        return PhaseRules.start(plan, 0);
    }

    /** What can't work at some moment, said before anything begins. */
    public static List<Event.Noted> warnings(Plan plan) {
        boolean bodyGoes = !plan.routed()
                && plan.bodies()
                && plan.enclosed()
                && !plan.phases().isEmpty();
        boolean someMoveNobody =
                plan.procedures().stream().anyMatch(p -> p.stream().noneMatch(ActionSpec::mayMoveUsers));
        return bodyGoes && someMoveNobody && !plan.observe()
                ? List.of(new Event.Noted(
                        NoteKind.ISSUE,
                        "Only the pipeline's body moves this traffic, and it has ended in the last bake: a breach then is told,"
                                + " and people must bring the traffic back; name a router, or in each procedure an"
                                + " action that brings the old version back."))
                : List.of();
    }

    /** @param now the release's time, {@code wall} the wall's; they differ only in a rehearsal */
    public static Reaction react(Plan plan, State state, Instant now, Instant wall) {
        if (state.life() == Lifecycle.ENDED || state.life() == Lifecycle.OPEN) {
            return new Reaction(List.of(), List.of(), NEVER);
        }
        List<Event> events = events(plan, state, now, wall);
        if (events.isEmpty()) {
            events = CallRules.events(plan, state, wall);
        }
        if (!events.isEmpty()) {
            return new Reaction(events, List.of(), Duration.ZERO);
        }
        List<Effect> effects = new ArrayList<>();
        effects.addAll(WatchRules.effects(plan, state, now));
        effects.addAll(effects(plan, state, now, wall));
        effects.addAll(CallRules.effects(plan, state, wall));
        return new Reaction(List.of(), effects, wake(plan, state));
    }

    private static List<Effect> effects(Plan plan, State state, Instant now, Instant wall) {
        if (state.isFrozen()) {
            return FreezeRules.effects(plan, state, wall);
        }
        return switch (state.life()) {
            case SHIFTING, BAKING -> PhaseRules.effects(plan, state, now, wall);
            case WATCHING -> LastBakeRules.effects(plan, state, now, wall);
            case ROLLING_BACK, RECOVERING -> RollbackRules.effects(plan, state, wall);
            default -> List.of();
        };
    }

    private static List<Event> events(Plan plan, State state, Instant now, Instant wall) {
        if (state.rollback() != null) {
            return RollbackRules.events(plan, state, now, wall);
        }
        if (state.isFrozen()) {
            return FreezeRules.events(state);
        }
        List<Event> breach = WatchRules.events(plan, state, now);
        if (!breach.isEmpty()) {
            return breach;
        }
        return switch (state.life()) {
            case SHIFTING, BAKING -> PhaseRules.events(plan, state, now);
            case WATCHING -> LastBakeRules.events(plan, state, now);
            default -> List.of();
        };
    }

    private static Duration wake(Plan plan, State state) {
        boolean moving = state.life() == Lifecycle.SHIFTING || state.life() == Lifecycle.ROLLING_BACK;
        if (moving && !state.isFrozen() && !state.isUnconfirmed()) {
            return SOON;
        }
        double nanos = plan.interval().toNanos() / plan.speed() / WAKES_PER_LOOK;
        return Duration.ofNanos((long) Math.max(SHORTEST_SLEEP.toNanos(), Math.min(nanos, LONGEST_SLEEP.toNanos())));
    }
}
