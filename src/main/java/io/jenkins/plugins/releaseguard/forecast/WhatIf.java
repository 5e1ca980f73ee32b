// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A contract that says something else, wherever its text is: to ask what would come of it. */
final class WhatIf {
    /** Of an objective that names none. */
    private static final Duration PERIOD = Duration.ofDays(30);

    private WhatIf() {}

    /** @param targets share of good requests by metric's id */
    static Contract objectives(Contract contract, Map<String, Double> targets) {
        return metrics(
                contract,
                m -> targets.containsKey(m.id())
                        ? metric(
                                m,
                                m.allow(),
                                new Metric.Objective(
                                        targets.get(m.id()),
                                        m.objective() == null
                                                ? PERIOD
                                                : m.objective().period()))
                        : m);
    }

    /** @param allowed fraction of the level by metric's id */
    static Contract allow(Contract contract, Map<String, Double> allowed) {
        return metrics(
                contract,
                m -> allowed.containsKey(m.id()) ? metric(m, new Margin(allowed.get(m.id()), true), m.objective()) : m);
    }

    static Contract promoted(Contract contract, Promote promote) {
        RolloutSpec r = contract.rollout();
        return contract.withRollout(rollout(r, r.phases(), r.blastRadius(), promote));
    }

    /** @param requests that may fail beyond the usual ones */
    static Contract budget(Contract contract, double requests) {
        RolloutSpec r = contract.rollout();
        return contract.withRollout(rollout(r, r.phases(), requests, r.promote()));
    }

    /** With another longest bake of one phase. */
    static Contract longest(Contract contract, int phase, Duration maxBake) {
        RolloutSpec r = contract.rollout();
        List<Phase> phases = new ArrayList<>(r.phases());
        Phase p = phases.get(phase);
        phases.set(phase, new Phase(p.name(), p.weight(), p.audience(), p.warmup(), p.bake(), maxBake, p.approve()));
        return contract.withRollout(rollout(r, phases, r.blastRadius(), r.promote()));
    }

    static boolean proceeds(Contract contract) {
        return contract.rollout().undecided() == Undecided.PROCEED;
    }

    private static Contract metrics(Contract c, UnaryOperator<Metric> other) {
        return new Contract(
                c.apiVersion(),
                c.file(),
                c.sha256(),
                c.release(),
                c.risks(),
                c.metrics().stream().map(other).toList(),
                c.rollout(),
                c.entries(),
                c.flags(),
                c.playbook(),
                c.communication(),
                c.notes());
    }

    private static Metric metric(Metric m, Margin allow, Metric.Objective objective) {
        return new Metric(
                m.id(),
                m.name(),
                m.kind(),
                m.unit(),
                m.source(),
                m.worse(),
                m.critical(),
                m.muted(),
                m.group(),
                m.weight(),
                allow,
                m.query(),
                objective,
                m.at());
    }

    private static RolloutSpec rollout(RolloutSpec r, List<Phase> phases, double blastRadius, Promote promote) {
        return new RolloutSpec(
                r.strategy(),
                phases,
                r.undecided(),
                r.router(),
                r.interval(),
                r.noData(),
                r.after(),
                r.alpha(),
                blastRadius,
                r.baseline(),
                r.sticky(),
                promote,
                r.at());
    }
}
