// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.judge.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A phase: shift, confirm by reading back, bake, judge, approval; then the next. */
final class PhaseRules {
    /** Readings that may show another weight before the shift is tried again. */
    static final int READINGS = 10;

    private static final int ATTEMPTS = 3;
    private static final int DRIFTS = 3;
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(400);

    /** What no verdict of the judge passes by; a cause of a later version is taken for one of them. */
    private static final Set<HoldCause> BLOCKING = EnumSet.of(HoldCause.PAUSED, HoldCause.NO_DATA, HoldCause.UNKNOWN);

    private PhaseRules() {}

    /** The first phase's start, for whoever begins the canary. */
    static Event.PhaseStarted start(Plan plan, int index) {
        Phase phase = plan.phases().get(index);
        return new Event.PhaseStarted(index, phase.name(), phase.weight(), phase.audience());
    }

    static List<Event> events(Plan plan, State s, Instant now) {
        PhaseState phase = s.phase();
        if (phase.bodyError() != null) {
            String reason = "the check of phase " + name(plan, phase) + " failed: " + phase.bodyError();
            Event.Breached breach = breach(BreachCause.PHASE, reason, null, null);
            return plan.observe()
                    ? WatchRules.observed(breach, new Event.Ended(ReleaseOutcome.HALTED, true, reason))
                    : List.of(breach);
        }
        if (s.life() == Lifecycle.SHIFTING) {
            return shifting(plan, s);
        }
        return baking(plan, s, now);
    }

    private static List<Event> shifting(Plan plan, State s) {
        PhaseState phase = s.phase();
        if (!plan.routed()) {
            return phase.bodyEnded()
                    ? List.of(new Event.BakeStarted(phase.index()))
                    : intend(s, Keys.body(phase), "body", "phase " + name(plan, phase));
        }
        if (phase.drifts() > DRIFTS || phase.attempt() >= ATTEMPTS && phase.lastError() != null) {
            String wanted = Weights.text(Weights.of(plan, phase));
            String read = s.reading() == null ? null : Weights.text(s.reading().weight());
            return List.of(breach(
                    BreachCause.ROUTER,
                    "the router does not hold " + wanted + ": "
                            + (phase.lastError() == null
                                    ? "the weight keeps being changed by others"
                                    : phase.lastError()),
                    read,
                    wanted));
        }
        if (phase.drifts() > 0 && !s.holds().containsKey(HoldCause.ROUTER)) {
            return List.of(new Event.Held(
                    HoldCause.ROUTER,
                    "the router's weight was changed by others to "
                            + Weights.text(s.reading().weight()) + "; setting " + Weights.text(Weights.of(plan, phase))
                            + " again"));
        }
        if (!phase.shifted()) {
            return intend(s, Keys.shift(phase), "shift", Weights.text(Weights.of(plan, phase)));
        }
        boolean confirmed = s.readError() == null
                && s.reading() != null
                && phase.misses() == 0
                && s.done().containsKey(Keys.shift(phase))
                && Weights.same(s.reading().weight(), Weights.of(plan, phase))
                && s.readAfterShift();
        if (!confirmed) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        events.add(new Event.BakeStarted(phase.index()));
        if (s.holds().containsKey(HoldCause.ROUTER)) {
            events.add(new Event.Released(HoldCause.ROUTER));
        }
        return events;
    }

    private static List<Event> baking(Plan plan, State s, Instant now) {
        PhaseState state = s.phase();
        Phase phase = plan.phases().get(state.index());
        if (state.skippedBy() != null) {
            return end(plan, s, now, PhaseVerdict.UNPROVEN, "promoted by " + state.skippedBy());
        }
        if (plan.bodies()
                && plan.routed()
                && !state.bodyEnded()
                && !s.intended().contains(Keys.body(state))) {
            return intend(s, Keys.body(state), "body", "phase " + name(plan, state));
        }
        Duration baked = state.baked(now);
        boolean bodyOpen = plan.bodies() && !state.bodyEnded();
        if (baked.compareTo(phase.bake()) < 0 || bodyOpen || blocked(s)) {
            return List.of();
        }
        boolean ready = s.watching().looks() > 0
                && (!plan.comparable(state.index())
                        || s.watching().verdict() != null
                                && s.watching().verdict().action() == Action.PROMOTE);
        boolean approvalMissing = !phase.approve().isEmpty() && !state.approved();
        if (ready && approvalMissing) {
            return hold(
                    s,
                    HoldCause.APPROVAL,
                    "phase " + phase.name() + " waits for " + String.join(" or ", phase.approve()));
        }
        if (ready) {
            String reason = plan.comparable(state.index())
                    ? s.watching().verdict().reason()
                    : "limits kept for " + WatchRules.seconds(baked);
            return end(plan, s, now, PhaseVerdict.PASS, reason);
        }
        if (phase.maxBake() == null || baked.compareTo(phase.maxBake()) < 0) {
            return List.of();
        }
        return undecided(plan, s, now, phase);
    }

    private static List<Event> undecided(Plan plan, State s, Instant now, Phase phase) {
        String why = s.watching().verdict() == null
                ? "no look had data"
                : s.watching().verdict().reason();
        String reason = "undecided after " + WatchRules.seconds(s.phase().baked(now)) + ": " + why;
        // 'proceed' is for evidence that doesn't decide, not for none: samples missing, or a router that sends another
        // share
        if (plan.undecided() == Undecided.PROCEED && s.watching().looks() > 0 && !evidenceIsMissing(plan, s)) {
            return end(plan, s, now, PhaseVerdict.UNPROVEN, reason);
        }
        if (plan.undecided() == Undecided.ROLLBACK || plan.undecided() == Undecided.PROCEED) {
            Event.Breached breach = breach(BreachCause.PHASE, reason, null, WatchRules.seconds(phase.maxBake()));
            return plan.observe()
                    ? WatchRules.observed(
                            breach,
                            end(plan, s, now, PhaseVerdict.UNPROVEN, reason).toArray(Event[]::new))
                    : List.of(breach);
        }
        return hold(s, HoldCause.UNDECIDED, reason);
    }

    private static boolean evidenceIsMissing(Plan plan, State s) {
        return s.watching().verdict() != null
                && s.watching().verdict().action() == Action.HOLD
                && plan.metrics().stream().anyMatch(m -> !m.muted());
    }

    private static boolean blocked(State s) {
        return s.holds().keySet().stream().anyMatch(BLOCKING::contains);
    }

    private static List<Event> hold(State s, HoldCause cause, String reason) {
        return s.holds().containsKey(cause) ? List.of() : List.of(new Event.Held(cause, reason));
    }

    private static List<Event> end(Plan plan, State s, Instant now, PhaseVerdict verdict, String reason) {
        List<Event> events = new ArrayList<>();
        if (s.watching().verdict() != null) {
            events.add(JudgeLooks.judged(s.phase().index(), s.watching().verdict()));
        }
        s.holds().keySet().stream().sorted().forEach(cause -> events.add(new Event.Released(cause)));
        double seconds = Duration.between(s.phase().started(), now).toMillis() / 1000.0;
        events.add(new Event.PhaseEnded(s.phase().index(), verdict, seconds, reason));
        int next = s.phase().index() + 1;
        events.add(next < plan.phases().size() ? start(plan, next) : new Event.CanaryEnded());
        return events;
    }

    static List<Event> intend(State s, String key, String effect, String detail) {
        return s.intended().contains(key) ? List.of() : List.of(new Event.Intended(key, effect, detail));
    }

    private static Event.Breached breach(BreachCause cause, String reason, String value, String limit) {
        return new Event.Breached(cause, null, null, value, limit, reason, null);
    }

    private static String name(Plan plan, PhaseState phase) {
        return plan.phases().get(phase.index()).name();
    }

    static List<Effect> effects(Plan plan, State s, Instant now, Instant wall) {
        PhaseState state = s.phase();
        Phase phase = plan.phases().get(state.index());
        List<Effect> effects = new ArrayList<>();
        if (plan.bodies() && !state.bodyEnded() && s.intended().contains(Keys.body(state))) {
            effects.add(new Effect.RunBody(
                    Keys.body(state), state.index(), state.attempt(), phase.weight(), phase.audience()));
        }
        if (plan.routed() && s.life() == Lifecycle.SHIFTING) {
            if (!state.shifted()) {
                effects.add(new Effect.Shift(Keys.shift(state), phase.weight()));
            } else if (due(s, wall, BETWEEN_READINGS)) {
                effects.add(new Effect.ReadRouter("read"));
            }
        } else if (plan.routed() && due(s, wall, atLook(plan))) {
            effects.add(new Effect.ReadRouter("read"));
        }
        return effects;
    }

    static boolean due(State s, Instant wall, Duration between) {
        return s.readWall() == null || Duration.between(s.readWall(), wall).compareTo(between) >= 0;
    }

    private static Duration atLook(Plan plan) {
        Duration look = Duration.ofNanos((long) (plan.interval().toNanos() / plan.speed()));
        return look.compareTo(BETWEEN_READINGS) < 0 ? BETWEEN_READINGS : look;
    }
}
