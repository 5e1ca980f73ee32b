// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** After the traffic was confirmed back: the rest of the procedure, whether it stays back, and whether the service is quiet again. */
final class RecoveryRules {
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
            BreachCause.ADMISSION,
            BreachCause.VALIDATION);

    private RecoveryRules() {}

    static List<Event> events(Plan plan, State s, Instant now, Instant wall) {
        RollbackState r = s.rollback();
        String lost = lost(plan, s);
        if (lost != null) {
            return List.of(
                    new Event.Noted(NoteKind.ISSUE, "The rollback was confirmed, but " + lost + ": it is done again."),
                    new Event.RollbackStarted(lost, 0, 0, false));
        }
        if (Procedure.next(r) != null) {
            return Procedure.intend(s);
        }
        if (plan.routed() && !seenLately(plan, s, wall)) {
            return silent(plan, s, wall);
        }
        if (s.calls().delayTheEnd() && !plan.observe()) {
            return List.of();
        }
        if (NO_RECOVERY.contains(r.breach().event().cause())
                || plan.triggers().stream().allMatch(Trigger::warns)) {
            return List.of(ended(s));
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
        return s.router().confirms(0) && !Decisions.passed(s.router().answered(), wall, lately);
    }

    private static List<Event> silent(Plan plan, State s, Instant wall) {
        RollbackState r = s.rollback();
        Instant last = s.router().answered();
        boolean told = r.progress().escalated() || last == null || !Decisions.passed(last, wall, plan.objective());
        return told
                ? List.of()
                : List.of(new Event.RollbackUnconfirmed(
                        "the router has not been read since the rollback was confirmed: "
                                + (s.router().error() == null
                                        ? "no answer yet"
                                        : s.router().error()),
                        Decisions.elapsed(r.breach().sampled(), wall)));
    }

    private static List<Event> quiet(Plan plan, State s, Instant now) {
        Instant confirmed = s.rollback().confirmation().at();
        boolean seen = s.watching().looks().count() > 0
                && s.watching().looks().lastData().isAfter(confirmed);
        Set<String> warnings = plan.triggers().stream()
                .filter(Trigger::warns)
                .map(Trigger::key)
                .collect(Collectors.toSet());
        boolean quiet = s.watching().triggers().entrySet().stream()
                .allMatch(state ->
                        warnings.contains(state.getKey()) || state.getValue().quiet());
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
        events.add(ended(s));
        return events;
    }

    private static Event.Ended ended(State s) {
        return new Event.Ended(
                ReleaseOutcome.ROLLED_BACK, true, s.rollback().breach().event().reason() + Procedure.notDone(s));
    }
}
