// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way back: traffic first, then the rest of the procedure, while the router is read until the canary is seen to get nothing.
 * Ends confirmed, or, after twice the objective, unconfirmed with people called at the first.
 */
final class RollbackRules {
    /** Equal counters over this many pairs of readings say that no request reaches the canary. */
    private static final int STILL = 2;

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(300);
    /** In objectives: from then on people are on their own. */
    private static final int GIVE_UP = 2;

    /** Shifts that may fail before the procedure goes on without them. */
    private static final int ATTEMPTS_BEFORE_ACTIONS = 2;

    /** Beyond the usual silence of the sources: a service needs some looks to be seen quiet. */
    private static final int RECOVERY_LOOKS = 12;

    /** Causes that leave nothing to be seen quiet afterwards. */
    private static final Set<BreachCause> NO_RECOVERY = EnumSet.of(
            BreachCause.ABORT,
            BreachCause.KILLED,
            BreachCause.OPERATOR,
            BreachCause.NO_DATA,
            BreachCause.ROUTER,
            BreachCause.JOURNAL,
            BreachCause.PHASE,
            BreachCause.VALIDATION);

    private RollbackRules() {}

    static List<Event> events(Plan plan, State s, Instant now, Instant wall) {
        RollbackState r = s.rollback();
        if (r.progress().decided() == null) {
            return List.of(new Event.RollbackStarted(
                    r.breach().event().reason(),
                    seconds(r.breach().sampled(), r.breach().detected()),
                    seconds(r.breach().detected(), wall),
                    false));
        }
        if (s.life() == Lifecycle.RECOVERING) {
            return recovering(plan, s, now, wall);
        }
        List<Event> steps = steps(plan, s, wall);
        if (!steps.isEmpty()) {
            return steps;
        }
        Duration elapsed = Duration.between(r.progress().deadlineFrom(), wall);
        if (!r.progress().escalated() && elapsed.compareTo(plan.objective()) >= 0) {
            return List.of(new Event.RollbackUnconfirmed(
                    why(plan, r), seconds(r.breach().sampled(), wall)));
        }
        if (overdue(plan, r, wall) && tried(plan, r)) {
            return List.of(new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, why(plan, r)));
        }
        return List.of();
    }

    private static List<Event> steps(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        if (r.shift().accepted() == null) {
            List<Event> intent = Decisions.intend(s, r.shiftKey(), plan.routed() ? "shift" : "body", "0 %");
            return intent.isEmpty() ? nextAction(plan, s) : intent;
        }
        boolean moved = movesTraffic(plan, s) ? zero(plan, s) : action(r) == null;
        if (r.progress().acted() == null && moved) {
            return List.of(new Event.RollbackActed(seconds(r.progress().decided(), wall)));
        }
        if (r.confirmation().still() >= STILL && r.progress().acted() != null) {
            double total = seconds(r.breach().sampled(), wall);
            double within = seconds(r.progress().deadlineFrom(), wall);
            return List.of(new Event.RollbackConfirmed(
                    seconds(r.progress().acted(), wall),
                    total,
                    within <= plan.objective().toMillis() / 1000.0));
        }
        return nextAction(plan, s);
    }

    /** Without a router, and before a phase's body has moved anything, the procedure's own actions bring the old version back. */
    private static boolean movesTraffic(Plan plan, State s) {
        return plan.routed() || plan.bodies() && s.phaseIndex() >= 0;
    }

    private static boolean zero(Plan plan, State s) {
        if (!plan.routed()) {
            return true;
        }
        return s.router().confirms(0);
    }

    private static List<Event> nextAction(Plan plan, State s) {
        ActionSpec action = action(s.rollback());
        // traffic first; but where it can't be moved, people must hear of it all the sooner
        boolean early =
                s.rollback().progress().acted() == null && s.rollback().shift().attempt() < ATTEMPTS_BEFORE_ACTIONS;
        if (action == null || early && movesTraffic(plan, s) && !movesUsersItself(s.rollback())) {
            return List.of();
        }
        return Decisions.intend(s, s.rollback().actionKey(), action.kind(), describe(action));
    }

    /** A procedure that begins with a flag takes users off the new version by it, whatever the traffic does meanwhile. */
    private static boolean movesUsersItself(RollbackState r) {
        return r.progress().nextAction() == 0
                && r.breach().procedure().get(0).kind().equals("flag");
    }

    /** The procedure's next action besides the rollout's own traffic, which is on its way already. */
    private static ActionSpec action(RollbackState r) {
        List<ActionSpec> rest =
                r.breach().procedure().stream().filter(a -> !isTheWayBack(a)).toList();
        int next = r.progress().nextAction();
        return next < rest.size() ? rest.get(next) : null;
    }

    /** Another router, or a weight that no rollback sets, is an action like any other. */
    private static boolean isTheWayBack(ActionSpec action) {
        return action.kind().equals("traffic")
                && action.settings().text("router").isBlank()
                && action.settings().number("weight").orElse(0.0) == 0;
    }

    private static List<Event> recovering(Plan plan, State s, Instant now, Instant wall) {
        RollbackState r = s.rollback();
        if (action(r) != null) {
            return overdue(plan, r, wall)
                    ? ended(s, "; the procedure's action " + action(r).kind() + " did not end")
                    : nextAction(plan, s);
        }
        if (NO_RECOVERY.contains(r.breach().event().cause()) || plan.triggers().isEmpty()) {
            return ended(s, "");
        }
        Instant confirmed = r.confirmation().at();
        boolean seen = s.watching().looks().count() > 0
                && s.watching().looks().lastData().isAfter(confirmed);
        boolean quiet = s.watching().triggers().values().stream().allMatch(TriggerState::quiet);
        if (seen && quiet) {
            double seconds = Duration.between(confirmed, now).toMillis() / 1000.0;
            List<Event> events = new ArrayList<>();
            events.add(new Event.Recovered(seconds));
            events.addAll(ended(s, ""));
            return events;
        }
        if (Duration.between(confirmed, now)
                        .compareTo(plan.noData().plus(plan.interval().multipliedBy(RECOVERY_LOOKS)))
                > 0) {
            List<Event> events = new ArrayList<>();
            events.add(new Event.Noted(
                    NoteKind.ISSUE, "The service was not seen to recover after the rollback; look at it now."));
            events.addAll(ended(s, ""));
            return events;
        }
        return List.of();
    }

    /** Counted from the decision: one that came late has not used up its tries before the first. */
    private static boolean overdue(Plan plan, RollbackState r, Instant wall) {
        Instant deadlineFrom = r.progress().deadlineFrom();
        Instant decided = r.progress().decided();
        Instant from = decided.isAfter(deadlineFrom) ? decided : deadlineFrom;
        return Duration.between(from, wall).compareTo(plan.objective().multipliedBy(GIVE_UP)) >= 0;
    }

    /** A router answers or meets its deadline; a body may never come, and nothing would end the release. */
    private static boolean tried(Plan plan, RollbackState r) {
        return !plan.routed() || r.shift().attempt() > 0 || r.shift().accepted() != null;
    }

    private static List<Event> ended(State s, String more) {
        return List.of(new Event.Ended(
                ReleaseOutcome.ROLLED_BACK, true, s.rollback().breach().event().reason() + more + failed(s)));
    }

    /** The traffic is back, but whoever reads only the outcome must not take the procedure for done. */
    private static String failed(State s) {
        String errors = s.effects().done().entrySet().stream()
                .filter(done -> done.getKey().kind() == EffectKey.Kind.ACTION
                        && !done.getValue().isEmpty())
                .sorted(Comparator.comparingInt(done -> done.getKey().index()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
        return errors.isEmpty() ? "" : "; NOT DONE by the procedure: " + errors;
    }

    private static String why(Plan plan, RollbackState r) {
        String known = r.shift().error() != null
                ? r.shift().error()
                : r.shift().accepted() == null
                        ? "the shift to 0 % has not been answered"
                        : "the canary's counter has not stood still";
        return "rollback not confirmed within " + Decisions.seconds(plan.objective()) + ": " + known;
    }

    static List<Effect> effects(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        List<Effect> effects = new ArrayList<>();
        if (s.life() == Lifecycle.ROLLING_BACK
                && r.shift().accepted() == null
                && (r.shift().notBefore() == null || !wall.isBefore(r.shift().notBefore()))) {
            effects.add(
                    plan.routed()
                            ? new Effect.Shift(r.shiftKey(), 0)
                            : new Effect.RunBody(r.shiftKey(), -1, r.shift().attempt(), 0, ""));
        }
        if (s.life() == Lifecycle.ROLLING_BACK && plan.routed() && r.shift().accepted() != null) {
            effects.addAll(Decisions.readRouter(s, wall, BETWEEN_READINGS));
        }
        ActionSpec action = action(r);
        if (action != null && s.effects().intended().contains(r.actionKey())) {
            effects.add(new Effect.Act(r.actionKey(), r.breach().event().entry(), action));
        }
        return effects;
    }

    private static String describe(ActionSpec action) {
        return action.kind() + " " + action.settings().text("value");
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }
}
