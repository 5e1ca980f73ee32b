// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Instant;
import java.util.List;

/**
 * No user is given to the new version while the router doesn't say that the last good one takes requests, or says that it is set up so
 * that a way back would not last: there would be nothing to go back to, and no rollback could be confirmed.
 */
final class LastGoodRules {
    private LastGoodRules() {}

    /** Whether the first users wait for a reading that shows the last good version at work, asked for since the phase began. */
    static boolean waits(Plan plan, State s) {
        return plan.routed()
                && s.life() == Lifecycle.SHIFTING
                && Weights.of(plan, s.phase()) > 0
                && BaselineRules.isStillBefore(plan, s)
                && obstacle(s) != null;
    }

    /** Held at the first word against it; as long as sources may be silent. */
    static List<Event> events(Plan plan, State s, Instant now) {
        RouterView router = s.router();
        if (!router.isAskedSince(s.phase().started())) {
            return List.of();
        }
        String unfit = router.error() == null ? router.reading().ground().unfit() : null;
        String why = unfit == null
                ? obstacle(s) + ": there is nothing that a rollback could go back to"
                : "the router is not fit to be given users: " + unfit;
        if (Decisions.passed(s.phase().started(), now, plan.noData())) {
            return Decisions.breach(
                    plan,
                    new Event.Breached(
                            BreachCause.ROUTER,
                            null,
                            null,
                            router.error() != null ? null : unfit == null ? "takes no requests" : "not fit",
                            unfit == null ? "takes requests" : "fit",
                            why + " for " + Decisions.seconds(plan.noData()),
                            null));
        }
        return Decisions.hold(
                s,
                HoldCause.ROUTER,
                why + "; no traffic is moved before it does, and the release turns back at "
                        + Decisions.seconds(plan.noData()));
    }

    /** Null where the router said that it serves. */
    private static String obstacle(State s) {
        RouterView router = s.router();
        if (!router.isAskedSince(s.phase().started())) {
            return "the router has not been asked whether the last good version takes requests";
        }
        if (router.error() != null) {
            return "the router does not say whether the last good version takes requests (" + router.error() + ")";
        }
        if (router.reading().ground().unfit() != null) {
            return router.reading().ground().unfit();
        }
        // where the release before left all users on its servers, it is this shift that brings the others back
        boolean outOfUse = Weights.same(router.reading().weight(), 100);
        return outOfUse || Boolean.TRUE.equals(router.reading().baselineServing())
                ? null
                : "the router does not say that the last good version takes requests";
    }
}
