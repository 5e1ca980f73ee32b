// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;

/** Which procedure answers which breach. */
final class Procedures {
    private Procedures() {}

    /** The breached entry's own; for a breach without an entry (abort, judge) the one that watches the metric, else the first. */
    static List<ActionSpec> of(Plan plan, Event.Breached breached) {
        return plan.triggers().stream()
                .filter(t -> t.entry().equals(breached.entry())
                        || breached.entry() == null && t.metric().id().equals(breached.metric()))
                .findFirst()
                .map(Trigger::procedure)
                .or(() -> plan.probes().stream()
                        .filter(p -> p.entry().equals(breached.entry()))
                        .findFirst()
                        .map(Probe::procedure))
                .orElse(plan.fallback());
    }
}
