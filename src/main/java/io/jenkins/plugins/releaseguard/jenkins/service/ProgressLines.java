// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.report.EventText;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.util.HashMap;
import java.util.Map;

/** One line of the build's log for each change of state; null for what is no change. */
final class ProgressLines {
    private ProgressLines() {}

    /** @param plan null before the rollout is armed */
    static String of(Plan plan, Event event) {
        return EventText.of(event, plan == null ? null : planned(plan), EventText.Detail.LOG)
                .orElse(null);
    }

    private static EventText.Plan planned(Plan plan) {
        Map<Integer, EventText.Phase> phases = new HashMap<>();
        for (Phase phase : plan.phases()) {
            phases.put(phases.size(), new EventText.Phase(phase.name(), phase.weight(), phase.bake()));
        }
        return new EventText.Plan(
                phases,
                plan.triggers().size(),
                plan.interval(),
                plan.after(),
                plan.objective(),
                plan.routed(),
                plan.speed());
    }
}
