// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A phase: shift, confirm by reading back, bake, judge, approval; then the next. */
final class PhaseRules {
    /** What no verdict of the judge passes by; a cause of a later version is taken for one of them. */
    private static final Set<HoldCause> BLOCKING =
            EnumSet.of(HoldCause.PAUSED, HoldCause.NO_DATA, HoldCause.WARNING, HoldCause.UNKNOWN);

    private PhaseRules() {}

    /** The first phase's start, for whoever begins the canary. */
    static Event.PhaseStarted start(Plan plan, int index) {
        Phase phase = plan.phases().get(index);
        return new Event.PhaseStarted(index, phase.name(), phase.weight(), phase.audience());
    }

    static List<Event> events(Plan plan, State s, Instant now) {
        PhaseState phase = s.phase();
        if (phase.body().error() != null) {
            String reason = "the check of phase " + name(plan, phase) + " failed: "
                    + phase.body().error();
            return Decisions.breach(
                    plan,
                    Event.Breached.of(BreachCause.PHASE, reason),
                    new Event.Ended(ReleaseOutcome.HALTED, true, reason));
        }
        return s.life() == Lifecycle.SHIFTING ? shifting(plan, s, now) : baking(plan, s, now);
    }

    /** No traffic moves while a trigger would be blind to it; silence meets its own limit. */
    private static boolean waitsForBaseline(Plan plan, State s) {
        return s.life() == Lifecycle.SHIFTING && Weights.of(plan, s.phase()) > 0 && BaselineRules.isWanted(plan, s);
    }

    private static List<Event> shifting(Plan plan, State s, Instant now) {
        if (waitsForBaseline(plan, s)) {
            return List.of();
        }
        if (LastGoodRules.waits(plan, s)) {
            return LastGoodRules.events(plan, s, now);
        }
        if (AdmissionRules.waits(plan, s, now)) {
            return AdmissionRules.events(plan, s, now);
        }
        PhaseState phase = s.phase();
        if (!plan.routed()) {
            return phase.body().ended() ? List.of(baking(plan, phase)) : body(plan, s);
        }
        List<Event> way = ShiftRules.events(plan, s);
        if (!way.isEmpty() || !phase.shift().accepted()) {
            return way;
        }
        boolean confirmed = phase.shift().misses() == 0
                && s.effects().done().containsKey(phase.shiftKey())
                && s.router().confirms(Weights.of(plan, phase));
        if (!confirmed) {
            return List.of();
        }
        List<Event> events = new ArrayList<>();
        events.add(baking(plan, phase));
        if (s.isHeldFor(HoldCause.ROUTER)) {
            events.add(new Event.Released(HoldCause.ROUTER));
        }
        return events;
    }

    private static Event.BakeStarted baking(Plan plan, PhaseState phase) {
        Duration warmup = phase.warmup(plan.phases().get(phase.index()).warmup());
        return new Event.BakeStarted(phase.index(), warmup.isZero() ? null : warmup.toMillis() / 1000.0);
    }

    private static List<Event> baking(Plan plan, State s, Instant now) {
        PhaseState state = s.phase();
        Phase phase = plan.phases().get(state.index());
        boolean approved = isApproved(s, phase);
        if (state.leave().skippedBy() != null && !approved) {
            return waitForApproval(s, phase);
        }
        if (state.leave().skippedBy() != null) {
            return end(
                    plan,
                    s,
                    now,
                    PhaseVerdict.UNPROVEN,
                    "promoted by " + state.leave().skippedBy());
        }
        boolean bodyOpen = plan.bodies() && !state.body().ended();
        if (bodyOpen && plan.routed() && !s.effects().intended().contains(state.bodyKey())) {
            return body(plan, s);
        }
        if (bodyOpen || blocked(s)) {
            return List.of();
        }
        Duration watched = s.watching().looks().watched();
        boolean baked = !state.warmsUp(now) && watched.compareTo(phase.bake()) >= 0;
        Proof proof = Proof.of(plan, s);
        // what the latest look can't tell of a trigger is no reason to go on
        boolean told = s.watching().looks().doubt() == null;
        boolean ready = baked && told && s.watching().looks().count() > 0 && proof.enough();
        if (ready && !approved) {
            return waitForApproval(s, phase);
        }
        if (ready) {
            return end(plan, s, now, proof.verdict(), proof.reason());
        }
        if (baked && !Seen.possible(plan)) {
            // nothing will come that could be waited for
            return undecided(plan, s, now, phase);
        }
        return phase.maxBake() != null && state.baked(now).compareTo(longest(plan, phase, baked)) >= 0
                ? undecided(plan, s, now, phase)
                : List.of();
    }

    /** Where the bake itself lacks looks, their last one is waited for. */
    private static Duration longest(Plan plan, Phase phase, boolean baked) {
        Duration bake = phase.bake().plus(plan.patience());
        return baked || phase.maxBake().compareTo(bake) > 0 ? phase.maxBake() : bake;
    }

    private static boolean isApproved(State s, Phase phase) {
        return phase.approve().isEmpty() || s.phase().leave().approved();
    }

    private static List<Event> waitForApproval(State s, Phase phase) {
        return Decisions.hold(
                s, HoldCause.APPROVAL, "phase " + phase.name() + " waits for " + String.join(" or ", phase.approve()));
    }

    private static List<Event> undecided(Plan plan, State s, Instant now, Phase phase) {
        Observation.Doubt doubt = s.watching().looks().doubt();
        String why = doubt == null ? Proof.of(plan, s).reason() : doubt.why();
        String reason = "undecided after " + Decisions.seconds(s.phase().baked(now)) + ": " + why;
        // 'proceed' is for evidence that doesn't decide, not for none: samples missing, or a router that sends another
        // share
        if (plan.undecided() == Undecided.PROCEED && s.watching().looks().count() > 0 && !Proof.isMissing(plan, s)) {
            // without a proof all the more
            return isApproved(s, phase) ? end(plan, s, now, PhaseVerdict.UNPROVEN, reason) : waitForApproval(s, phase);
        }
        if (plan.undecided() == Undecided.ROLLBACK || plan.undecided() == Undecided.PROCEED) {
            String limit = Decisions.seconds(phase.maxBake());
            return Decisions.breach(
                    plan,
                    new Event.Breached(BreachCause.PHASE, null, null, null, limit, reason, null),
                    end(plan, s, now, PhaseVerdict.UNPROVEN, reason).toArray(Event[]::new));
        }
        return Decisions.hold(s, HoldCause.UNDECIDED, reason);
    }

    private static boolean blocked(State s) {
        return s.holds().keySet().stream().anyMatch(BLOCKING::contains);
    }

    private static List<Event> end(Plan plan, State s, Instant now, PhaseVerdict verdict, String reason) {
        List<Event> events = new ArrayList<>();
        if (s.verdict() != null) {
            events.add(JudgeLooks.judged(s.phase().index(), s.verdict()));
        }
        s.holds().keySet().stream().sorted().forEach(cause -> events.add(new Event.Released(cause)));
        double seconds = Duration.between(s.phase().started(), now).toMillis() / 1000.0;
        events.add(new Event.PhaseEnded(s.phase().index(), verdict, seconds, reason));
        int next = s.phase().index() + 1;
        events.add(next < plan.phases().size() ? start(plan, next) : new Event.CanaryEnded());
        return events;
    }

    private static List<Event> body(Plan plan, State s) {
        return Decisions.intend(s, s.phase().bodyKey(), "body", "phase " + name(plan, s.phase()));
    }

    private static String name(Plan plan, PhaseState phase) {
        return plan.phases().get(phase.index()).name();
    }

    static List<Effect> effects(Plan plan, State s, Instant now, Instant wall) {
        PhaseState state = s.phase();
        Phase phase = plan.phases().get(state.index());
        List<Effect> effects = new ArrayList<>();
        if (plan.bodies() && !state.body().ended() && s.effects().intended().contains(state.bodyKey())) {
            effects.add(new Effect.RunBody(
                    state.bodyKey(), state.index(), state.shift().attempt(), phase.weight(), phase.audience()));
        }
        if (LastGoodRules.waits(plan, s)) {
            effects.addAll(Decisions.readRouter(s, wall, Decisions.BETWEEN_READINGS));
        } else if (AdmissionRules.waits(plan, s, now)) {
            effects.addAll(AdmissionRules.effects(plan, s, now));
        } else if (plan.routed() && !waitsForBaseline(plan, s)) {
            effects.addAll(ShiftRules.effects(plan, s, wall, s.life() == Lifecycle.SHIFTING));
        }
        return effects;
    }
}
