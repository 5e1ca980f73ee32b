// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

/** What can bring the traffic back at the moment of a breach. */
enum Way {
    /** The router, which says what is true. */
    ROUTER,
    /** The Pipeline body, called with weight 0. */
    BODY,
    /** Nothing but the procedure's own actions: no body has moved anything yet, or the one that did has ended for good. */
    PROCEDURE;

    static Way of(Plan plan, State s) {
        if (plan.routed()) {
            return ROUTER;
        }
        return plan.bodies() && s.phaseIndex() >= 0 && !isBodyGone(plan, s) ? BODY : PROCEDURE;
    }

    /** A canary inside of another body ends with its last phase, before the last bake. */
    private static boolean isBodyGone(Plan plan, State s) {
        return plan.enclosed() && s.life() == Lifecycle.WATCHING;
    }
}
