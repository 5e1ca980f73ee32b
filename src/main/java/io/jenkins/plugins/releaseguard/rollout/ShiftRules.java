// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Instant;
import java.util.List;

/** How a router is brought to a phase's weight and kept there; the last phase's is kept until the release ends. */
final class ShiftRules {
    /** Readings that may show another weight before the shift is tried again. */
    static final int MISSES_BEFORE_RETRY = 10;

    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_DRIFTS = 3;

    private ShiftRules() {}

    /** While the weight is not confirmed: given up, told, or set. */
    static List<Event> events(Plan plan, State s) {
        PhaseState.Shift shift = s.phase().shift();
        String wanted = Weights.text(Weights.of(plan, s.phase()));
        if (shift.drifts() > MOST_DRIFTS || shift.attempt() >= MOST_ATTEMPTS && shift.error() != null) {
            String why = shift.error() == null ? "the weight keeps being changed by others" : shift.error();
            return List.of(new Event.Breached(
                    BreachCause.ROUTER,
                    null,
                    null,
                    s.router().weight(),
                    wanted,
                    "the router does not hold " + wanted + ": " + why,
                    null));
        }
        if (shift.byServers() && !s.isHeldFor(HoldCause.ROUTER)) {
            return Decisions.hold(
                    s,
                    HoldCause.ROUTER,
                    "other servers take requests than when the weights for " + wanted
                            + " were worked out, and they give "
                            + s.router().weight() + " now: they are worked out anew"
                            + s.router().idle("; takes nothing, or less than was set: ", ""));
        }
        if (shift.drifts() > 0 && !s.isHeldFor(HoldCause.ROUTER)) {
            return Decisions.hold(
                    s,
                    HoldCause.ROUTER,
                    "the router's weight was changed by others to " + s.router().weight() + "; setting " + wanted
                            + " again");
        }
        return shift.accepted() ? List.of() : Decisions.intend(s, s.phase().shiftKey(), "shift", wanted);
    }

    /**
     * The shift, or a reading when one is due.
     *
     * @param soon somebody waits for the reading; otherwise one comes with each look
     */
    static List<Effect> effects(Plan plan, State s, Instant wall, boolean soon) {
        PhaseState phase = s.phase();
        boolean settling = s.life() == Lifecycle.SHIFTING || !phase.shift().confirmed();
        return settling && !phase.shift().accepted()
                ? List.of(new Effect.Shift(phase.shiftKey(), Weights.of(plan, phase)))
                : Decisions.readRouter(s, wall, soon ? Decisions.BETWEEN_READINGS : Decisions.atLook(plan));
    }
}
