// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Instant;
import java.util.List;

/**
 * A change that can't be undone: what would bring the last good version back freezes the release instead. The traffic stays where
 * it is, and only a person goes back, or closes the release.
 */
final class FreezeRules {
    private FreezeRules() {}

    /** A person's own order is carried out whatever the change is. */
    static boolean freezes(Plan plan, Event.Breached breach) {
        return plan.irreversible() && breach.cause() != BreachCause.OPERATOR && breach.cause() != BreachCause.ABORT;
    }

    static List<Event> events(State s) {
        String reason = s.frozen().reason();
        if (s.closed() != null) {
            return List.of(new Event.Ended(
                    ReleaseOutcome.HALTED, false, reason + "; frozen, and " + Decisions.closedBy(s.closed())));
        }
        return Decisions.hold(
                s,
                HoldCause.FROZEN,
                "the change can't be undone, so the traffic stays where it is and a person decides: " + reason);
    }

    static List<Effect> effects(Plan plan, State s, Instant wall) {
        return plan.routed() ? Decisions.readRouter(s, wall, Decisions.atLook(plan)) : List.of();
    }
}
