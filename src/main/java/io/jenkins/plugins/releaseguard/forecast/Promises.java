// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objectives that all metrics which hold a phase before all traffic would fit.
 *
 * @param targets share of good requests, by metric's id
 * @param then the phase with them
 */
record Promises(Map<String, Double> targets, PhaseOutlook then) {
    /** What a service promises, the strictest first. */
    private static final double[] TARGETS = {0.9999, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, 0.97, 0.95, 0.9};

    /** Extra share of requests that nothing could be told from. */
    private static final double LEAST_ROOM = 0.0005;

    /** The strictest ones that are kept with room in the given seconds; empty where an objective changes nothing, or none is. */
    static Optional<Promises> of(HeldPhase held, double within) {
        List<Excluded> holders = held.holders();
        List<List<Double>> each = holders.stream().map(Promises::looser).toList();
        if (held.judge().promotion() != Promotion.BUDGET
                || !held.beforeAll()
                || holders.isEmpty()
                || each.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        int most = each.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < most; i++) {
            Map<String, Double> targets = new LinkedHashMap<>();
            double bound = 0;
            for (int h = 0; h < holders.size(); h++) {
                Excluded e = holders.get(h);
                double target = each.get(h).get(Math.min(i, each.get(h).size() - 1));
                bound = Math.max(bound, held.bound(e, Allow.absolute(room(e, target))));
                targets.put(e.metric().id(), target);
            }
            if (bound <= within) {
                PhaseOutlook then = held.simulate(WhatIf.objectives(held.contract(), targets), held.habits(), within);
                if (then.takes().high() * WaysOut.ROOM <= within) {
                    return Optional.of(new Promises(targets, then));
                }
            }
        }
        return Optional.empty();
    }

    /** Share of requests that could fail on top of today's. */
    static double room(Excluded e, double target) {
        return 1 - target - e.habit().failing();
    }

    /** Than what must be excluded in any case, and than what is promised. */
    private static List<Double> looser(Excluded e) {
        double level = e.habit().failing();
        double excluded = e.metric().counted() ? e.margin().at(level) : 0;
        List<Double> targets = new ArrayList<>();
        for (double target : TARGETS) {
            if (!(target >= e.metric().objective()) && room(e, target) > Math.max(excluded, LEAST_ROOM)) {
                targets.add(target);
            }
        }
        return targets;
    }
}
