// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.List;

/**
 * What to expect of a phase.
 *
 * @param weight percent of the traffic
 * @param compared whether a baseline serves beside the canary
 * @param takes seconds from its bake's begin until it may be left
 * @param held share of healthy releases that are undecided at the longest bake, 0 to 1
 * @param slowest id of the metric that is most often waited for after the bake; empty where none is
 * @param harms where it is compared and an error rate is watched
 */
public record PhaseOutlook(
        String name,
        double weight,
        boolean compared,
        Outlook takes,
        double held,
        String slowest,
        List<HarmOutlook> harms) {
    public PhaseOutlook {
        harms = List.copyOf(harms);
    }
}
