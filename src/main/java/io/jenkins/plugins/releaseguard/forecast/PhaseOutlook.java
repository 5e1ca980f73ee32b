// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to expect of a phase.
 *
 * @param weight percent of the traffic
 * @param compared whether a baseline serves beside the canary
 * @param takes seconds from its bake's begin until it may be left
 * @param ready seconds until the judge would let it go, whatever the bake
 * @param held share of healthy releases that are undecided at the longest bake, 0 to 1
 * @param tight the same if each took half as long again
 * @param holders of the metrics that keep it then, by id: the share of all healthy releases, 0 to 1
 * @param slowest id of the metric that is most often waited for after the bake; empty where none is
 * @param harms where it is compared and an error rate is watched
 */
public record PhaseOutlook(
        String name,
        double weight,
        boolean compared,
        Outlook takes,
        Outlook ready,
        double held,
        double tight,
        Map<String, Double> holders,
        String slowest,
        List<HarmOutlook> harms) {
    public PhaseOutlook {
        holders = Collections.unmodifiableMap(new LinkedHashMap<>(holders));
        harms = List.copyOf(harms);
    }
}
