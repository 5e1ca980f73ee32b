// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import java.util.Optional;

/** Whether the traffic is where a record left it: what was changed while nobody drove the release is not taken back. */
public final class Whereabouts {
    private Whereabouts() {}

    /** Whether the router has anything to say to going on. */
    public static boolean mustAsk(Plan plan, State state) {
        return plan.routed()
                && !state.isRollingBack()
                && state.phaseIndex() >= 0
                && (state.life().isCanary() || state.life() == Lifecycle.WATCHING);
    }

    /**
     * What speaks against going on.
     *
     * @param weight the canary's share as the router reads it now, in percent
     * @return empty where the traffic is at the phase's weight; while that was being set also at the one before
     */
    public static Optional<String> contradiction(Plan plan, State state, double weight) {
        int index = state.phaseIndex();
        double now = Weights.of(plan, state.phase());
        double before = index <= 0 ? 0 : plan.phases().get(index - 1).weight();
        boolean known = Weights.same(weight, now) || state.life() == Lifecycle.SHIFTING && Weights.same(weight, before);
        return known
                ? Optional.empty()
                : Optional.of("while nobody drove it, the traffic was changed: the router reads " + Weights.text(weight)
                        + " instead of " + Weights.text(now));
    }
}
