// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    private RollbackRules() {}

    static List<Event> events(Plan plan, State s, Instant now, Instant wall) {
        RollbackState r = s.rollback();
        if (s.closed() != null) {
            return closed(s, wall);
        }
        if (r.progress().decided() == null) {
            return List.of(new Event.RollbackStarted(
                    r.breach().event().reason(),
                    Decisions.elapsed(r.breach().sampled(), r.breach().detected()),
                    Decisions.elapsed(r.breach().detected(), wall),
                    false));
        }
        if (s.life() == Lifecycle.RECOVERING) {
            return RecoveryRules.events(plan, s, now, wall);
        }
        List<Event> steps = steps(plan, s, wall);
        if (!steps.isEmpty()) {
            return steps;
        }
        return late(plan, r, wall)
                ? List.of(new Event.RollbackUnconfirmed(
                        why(plan, r), Decisions.elapsed(r.breach().sampled(), wall)))
                : List.of();
    }

    /** Told once; whoever decided late, or slept, first gets the chance to try. */
    private static boolean late(Plan plan, RollbackState r, Instant wall) {
        RollbackState.Progress progress = r.progress();
        boolean tried = r.shift().attempt() > 0 || r.shift().accepted() != null;
        return !progress.escalated()
                && Decisions.passed(progress.deadlineFrom(), wall, plan.objective())
                && (tried || Decisions.passed(progress.decided(), wall, plan.objective()));
    }

    private static List<Event> closed(State s, Instant wall) {
        boolean confirmed = s.life() == Lifecycle.RECOVERING
                && !s.isUnconfirmed()
                && s.router().error() == null;
        String more = confirmed ? "" : "; NOT CONFIRMED: " + known(s, wall);
        return List.of(new Event.Ended(
                ReleaseOutcome.ROLLED_BACK,
                confirmed,
                s.rollback().breach().event().reason() + "; " + Decisions.closedBy(s.closed()) + more
                        + Procedure.notDone(s)));
    }

    private static List<Event> steps(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        boolean still = r.confirmation().still() >= STILL;
        if (r.progress().acted() == null && moved(s, still)) {
            return List.of(
                    new Event.RollbackActed(Decisions.elapsed(r.progress().decided(), wall)));
        }
        if (still && r.progress().acted() != null) {
            double total = Decisions.elapsed(r.breach().sampled(), wall);
            double within = Decisions.elapsed(r.progress().deadlineFrom(), wall);
            return List.of(new Event.RollbackConfirmed(
                    Decisions.elapsed(r.progress().acted(), wall),
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
            case PROCEDURE -> Procedure.next(r) == null;
        };
    }

    private static List<Event> nextAction(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        // traffic first; but where it can't be moved, people must hear of it all the sooner
        boolean early = r.progress().acted() == null
                && r.shift().attempt() < ATTEMPTS_BEFORE_ACTIONS
                && !Decisions.passed(
                        r.progress().decided(), wall, plan.objective().dividedBy(TRAFFICS_PART));
        boolean waits = early && r.breach().way() != Way.PROCEDURE && !Procedure.movesUsersItself(r);
        return waits ? List.of() : Procedure.intend(s);
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
                + Decisions.seconds(Duration.ofMillis(
                        Math.round(Decisions.elapsed(r.breach().sampled(), wall) * 1e3))) + ", " + tries
                + (tries == 1 ? " try" : " tries") + " so far: " + obstacle(r);
    }

    private static String obstacle(RollbackState r) {
        if (r.shift().error() != null) {
            return r.shift().error();
        }
        if (r.breach().way() == Way.PROCEDURE && Procedure.next(r) != null) {
            return "the procedure's action " + Procedure.next(r).kind() + " has not ended";
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
        effects.addAll(Procedure.effects(s));
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
}
