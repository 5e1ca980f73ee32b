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
 * Ends when that is seen to last, or when a person closes it; no time ends it.
 */
final class RollbackRules {
    /** Equal counters over this many pairs of readings say that no request reaches the canary. */
    private static final int STILL = 2;

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(300);

    /** While the next try is put off by at least this much, the router is asked whether it has come back. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(4);

    private static final Duration IN_A_PAUSE = Duration.ofSeconds(2);

    /** What takes hours is read more and more seldom: a reading for each of so many that there could have been. */
    private static final int SELDOM = 200;

    private static final Duration MOST_SELDOM = Duration.ofSeconds(10);

    /** Shifts that may fail before the procedure goes on without them. */
    private static final int ATTEMPTS_BEFORE_ACTIONS = 2;

    /** The traffic's part of the objective: after a quarter of it the procedure goes on beside the traffic. */
    private static final int TRAFFICS_PART = 4;

    /** In looks: a reading that says how things are now. */
    private static final int RECENT_LOOKS = 3;

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
        if (s.closed() != null) {
            return closed(s, wall);
        }
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
        return late(plan, r, wall)
                ? List.of(new Event.RollbackUnconfirmed(
                        why(plan, r), seconds(r.breach().sampled(), wall)))
                : List.of();
    }

    /** Told once; whoever decided late, or slept, first gets the chance to try. */
    private static boolean late(Plan plan, RollbackState r, Instant wall) {
        RollbackState.Progress progress = r.progress();
        boolean tried = r.shift().attempt() > 0 || r.shift().accepted() != null;
        return !progress.escalated()
                && passed(progress.deadlineFrom(), wall, plan.objective())
                && (tried || passed(progress.decided(), wall, plan.objective()));
    }

    private static boolean passed(Instant from, Instant wall, Duration time) {
        return Duration.between(from, wall).compareTo(time) >= 0;
    }

    private static List<Event> closed(State s, Instant wall) {
        boolean confirmed = s.life() == Lifecycle.RECOVERING
                && !s.isUnconfirmed()
                && s.router().error() == null;
        String more = confirmed ? "" : "; NOT CONFIRMED: " + known(s, wall);
        return List.of(new Event.Ended(
                ReleaseOutcome.ROLLED_BACK,
                confirmed,
                s.rollback().breach().event().reason() + "; " + Decisions.closedBy(s.closed()) + more + notDone(s)));
    }

    private static List<Event> steps(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        boolean still = r.confirmation().still() >= STILL;
        if (r.progress().acted() == null && moved(s, still)) {
            return List.of(new Event.RollbackActed(seconds(r.progress().decided(), wall)));
        }
        if (still && r.progress().acted() != null) {
            double total = seconds(r.breach().sampled(), wall);
            double within = seconds(r.progress().deadlineFrom(), wall);
            return List.of(new Event.RollbackConfirmed(
                    seconds(r.progress().acted(), wall),
                    total,
                    within <= plan.objective().toMillis() / 1000.0));
        }
        if (r.shift().accepted() == null) {
            List<Event> intent = Decisions.intend(s, r.shiftKey(), plan.routed() ? "shift" : "body", "0 %");
            return intent.isEmpty() ? nextAction(plan, s, wall) : intent;
        }
        return nextAction(plan, s, wall);
    }

    /** @param still whether the canary is seen to get nothing, whatever brought that about */
    private static boolean moved(State s, boolean still) {
        RollbackState r = s.rollback();
        return switch (r.breach().way()) {
            case ROUTER -> r.shift().accepted() != null && s.router().confirms(0);
            case BODY -> r.shift().accepted() != null || still;
            case PROCEDURE -> action(r) == null;
        };
    }

    private static List<Event> nextAction(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        ActionSpec action = action(r);
        // traffic first; but where it can't be moved, people must hear of it all the sooner
        boolean early = r.progress().acted() == null
                && r.shift().attempt() < ATTEMPTS_BEFORE_ACTIONS
                && !passed(r.progress().decided(), wall, plan.objective().dividedBy(TRAFFICS_PART));
        if (action == null || early && r.breach().way() != Way.PROCEDURE && !movesUsersItself(r)) {
            return List.of();
        }
        return Decisions.intend(s, r.actionKey(), action.kind(), describe(action));
    }

    /** A procedure that begins with a flag takes users off the new version by it, whatever the traffic does meanwhile. */
    private static boolean movesUsersItself(RollbackState r) {
        return r.progress().nextAction() == 0
                && r.breach().procedure().get(0).kind().equals("flag");
    }

    /** The procedure's next action besides the rollout's own traffic, which is on its way already. */
    static ActionSpec action(RollbackState r) {
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

    /** An action that can bring the old version back where no router and no body does. */
    static boolean mayMoveUsers(ActionSpec action) {
        return !isTheWayBack(action) && !action.kind().equals("notify");
    }

    private static List<Event> recovering(Plan plan, State s, Instant now, Instant wall) {
        RollbackState r = s.rollback();
        String lost = lost(plan, s);
        if (lost != null) {
            return List.of(
                    new Event.Noted(NoteKind.ISSUE, "The rollback was confirmed, but " + lost + ": it is done again."),
                    new Event.RollbackStarted(lost, 0, 0, false));
        }
        if (action(r) != null) {
            return nextAction(plan, s, wall);
        }
        if (plan.routed() && !seenLately(plan, s, wall)) {
            return silent(plan, s, wall);
        }
        if (s.calls().delayTheEnd() && !plan.observe()) {
            return List.of();
        }
        if (NO_RECOVERY.contains(r.breach().event().cause()) || plan.triggers().isEmpty()) {
            return ended(s, "");
        }
        return quiet(plan, s, now);
    }

    /** Why the traffic is not back any more, or null. */
    private static String lost(Plan plan, State s) {
        if (!plan.routed()) {
            return s.rollback().confirmation().still() == 0 ? "the canary answers requests again" : null;
        }
        RouterView router = s.router();
        return router.error() == null && router.reading() != null && !router.confirms(0) && router.afterShift()
                ? "the router reads " + router.weight() + " instead of 0 %"
                : null;
    }

    /** An end says how things are, not how they were. */
    private static boolean seenLately(Plan plan, State s, Instant wall) {
        Duration lately = Decisions.atLook(plan).multipliedBy(RECENT_LOOKS);
        return s.router().confirms(0) && !passed(s.router().answered(), wall, lately);
    }

    private static List<Event> silent(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        Instant last = s.router().answered();
        boolean told = r.progress().escalated() || last == null || !passed(last, wall, plan.objective());
        return told
                ? List.of()
                : List.of(new Event.RollbackUnconfirmed(
                        "the router has not been read since the rollback was confirmed: "
                                + (s.router().error() == null
                                        ? "no answer yet"
                                        : s.router().error()),
                        seconds(r.breach().sampled(), wall)));
    }

    private static List<Event> quiet(Plan plan, State s, Instant now) {
        Instant confirmed = s.rollback().confirmation().at();
        boolean seen = s.watching().looks().count() > 0
                && s.watching().looks().lastData().isAfter(confirmed);
        boolean quiet = s.watching().triggers().values().stream().allMatch(TriggerState::quiet);
        Duration since = Duration.between(confirmed, now);
        List<Event> events = new ArrayList<>();
        if (seen && quiet) {
            events.add(new Event.Recovered(since.toMillis() / 1000.0));
        } else if (since.compareTo(plan.noData().plus(plan.interval().multipliedBy(RECOVERY_LOOKS))) > 0) {
            events.add(new Event.Noted(
                    NoteKind.ISSUE, "The service was not seen to recover after the rollback; look at it now."));
        } else {
            return List.of();
        }
        events.addAll(ended(s, ""));
        return events;
    }

    private static List<Event> ended(State s, String more) {
        return List.of(new Event.Ended(
                ReleaseOutcome.ROLLED_BACK, true, s.rollback().breach().event().reason() + more + notDone(s)));
    }

    /** The traffic is back, but whoever reads only the outcome must not take the procedure for done. */
    private static String notDone(State s) {
        String errors = failed(s);
        return errors.isEmpty() ? "" : "; NOT DONE by the procedure: " + errors;
    }

    /** What the procedure's actions came to grief over; empty for nothing. */
    static String failed(State s) {
        return s.effects().done().entrySet().stream()
                .filter(done -> done.getKey().kind() == EffectKey.Kind.ACTION
                        && !done.getValue().isEmpty())
                .sorted(Comparator.comparingInt(done -> done.getKey().index()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
    }

    private static String why(Plan plan, RollbackState r) {
        return "rollback not confirmed within " + Decisions.seconds(plan.objective()) + ": " + obstacle(r);
    }

    /**
     * What stands in the way now, for how long it has, and how often it was tried.
     */
    static String known(State s, Instant wall) {
        RollbackState r = s.rollback();
        if (s.life() == Lifecycle.RECOVERING) {
            return s.isUnconfirmed() ? s.calls().reason(Occasion.ROLLBACK) : "the router was not read last";
        }
        int tries = r.shift().attempt() + 1;
        return "for "
                + Decisions.seconds(Duration.ofNanos((long) (seconds(r.breach().sampled(), wall) * 1e9))) + ", " + tries
                + (tries == 1 ? " try" : " tries") + " so far: " + obstacle(r);
    }

    private static String obstacle(RollbackState r) {
        if (r.shift().error() != null) {
            return r.shift().error();
        }
        if (r.breach().way() == Way.PROCEDURE && action(r) != null) {
            return "the procedure's action " + action(r).kind() + " has not ended";
        }
        return r.shift().accepted() == null
                ? "the shift to 0 % has not been answered"
                : r.breach().way() == Way.ROUTER
                        ? "the canary's counter has not stood still"
                        : "the canary has not been seen to get no requests";
    }

    static List<Effect> effects(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        List<Effect> effects = new ArrayList<>();
        if (s.life() == Lifecycle.ROLLING_BACK && r.shift().due(wall)) {
            effects.add(
                    plan.routed()
                            ? new Effect.Shift(r.shiftKey(), 0)
                            : new Effect.RunBody(r.shiftKey(), -1, r.shift().attempt(), 0, ""));
        }
        if (plan.routed()) {
            effects.addAll(readings(plan, s, wall));
        }
        ActionSpec action = action(r);
        if (action != null && s.effects().intended().contains(r.actionKey())) {
            effects.add(new Effect.Act(r.actionKey(), r.breach().event().entry(), action));
        }
        return effects;
    }

    private static List<Effect> readings(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        if (s.life() == Lifecycle.RECOVERING) {
            return Decisions.readRouter(s, wall, Decisions.atLook(plan));
        }
        if (r.shift().accepted() == null) {
            // a router that is away is asked now and then: the try that follows its first word needs no patience
            return r.shift().pauses(LONG_PAUSE) ? Decisions.readRouter(s, wall, IN_A_PAUSE) : List.of();
        }
        return Decisions.readRouter(s, wall, betweenReadings(r, wall));
    }

    /** Dense while the objective runs; an obstacle that lasts for hours fills no disk. */
    private static Duration betweenReadings(RollbackState r, Instant wall) {
        Duration elapsed = Duration.between(r.progress().deadlineFrom(), wall);
        if (!r.progress().escalated()) {
            return BETWEEN_READINGS;
        }
        Duration between = elapsed.dividedBy(SELDOM);
        return between.compareTo(BETWEEN_READINGS) < 0
                ? BETWEEN_READINGS
                : between.compareTo(MOST_SELDOM) > 0 ? MOST_SELDOM : between;
    }

    private static String describe(ActionSpec action) {
        return action.kind() + " " + action.settings().text("value");
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }
}
