// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

/** The baseline before the deployment: how long it can be measured, and whether that is still wanted. */
final class BaselineRules {
    private BaselineRules() {}

    /** Whether some trigger's reference lacks that can still be captured. */
    static boolean isWanted(Plan plan, State s) {
        return isStillBefore(plan, s)
                && plan.triggers().stream().anyMatch(s.watching().captured()::lacks);
    }

    /** Whether the release has moved no traffic yet, so that what is measured now is still from before it. */
    static boolean isStillBefore(Plan plan, State s) {
        PhaseState phase = s.phase();
        if (phase.index() < 0) {
            return s.life() == Lifecycle.ARMED && !plan.enclosed();
        }
        boolean first =
                phase.index() == 0 || plan.phases().get(phase.index() - 1).weight() == 0;
        boolean untouched = s.life() == Lifecycle.SHIFTING
                && phase.shift().changes() == 0
                && !s.effects().intended().contains(phase.shiftKey())
                && !s.effects().intended().contains(phase.bodyKey());
        return s.life().isCanary() && (Weights.of(plan, phase) == 0 || first && untouched);
    }
}
