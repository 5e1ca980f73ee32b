// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.List;

/**
 * What a contract could say better, and what that would change.
 *
 * @param changes in the order in which they were made, each with its reason
 * @param byHand changes whose place isn't in the contract's own text
 * @param notes what no edit can mend, or only people can answer for
 * @param text the contract with the changes
 * @param before as it is
 * @param after with the changes; the same as before where there are none
 */
public record Advice(
        List<PlanChange> changes,
        List<PlanChange> byHand,
        List<PlanNote> notes,
        String text,
        Forecast before,
        Forecast after) {
    /** Whether innocent releases stay held with all the changes, or are stopped, by what is known. */
    public boolean holds() {
        return !after.vain().isEmpty()
                || after.phases().stream().anyMatch(p -> p.compared() && p.held() > Advisor.HELD);
    }

    public Advice {
        changes = List.copyOf(changes);
        byHand = List.copyOf(byHand);
        notes = List.copyOf(notes);
    }
}
