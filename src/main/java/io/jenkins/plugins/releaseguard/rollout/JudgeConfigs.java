// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.DefaultBudget;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.rollout.trigger.HarmMargin;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import java.util.Comparator;
import java.util.List;

/** The contract's words on metrics, as the judge takes them. */
final class JudgeConfigs {
    private JudgeConfigs() {}

    static JudgeConfig of(Contract contract, RolloutSpec rollout, List<Trigger> triggers) {
        List<MetricConfig> metrics =
                contract.metrics().stream().map(m -> metric(m, triggers)).toList();
        List<Double> shares =
                rollout.phases().stream().map(p -> p.weight() / 100).toList();
        JudgeConfig.Builder config = JudgeConfig.builder(metrics, shares)
                .alpha(rollout.alpha())
                .expectedShares(expected(rollout))
                .sticky(rollout.sticky().toMillis() / 1000.0)
                .promotion(Promotion.valueOf(rollout.promote().name()))
                .unsetBudget(unsetBudget(contract))
                .longest(longest(rollout));
        if (!Double.isNaN(rollout.blastRadius())) {
            config.blastRadius(rollout.blastRadius());
        }
        return config.build();
    }

    /** The canary's share of the requests that are compared: its weight, or half beside a deployment of its own size. */
    private static List<Double> expected(RolloutSpec rollout) {
        boolean fresh = rollout.baseline() == RolloutSpec.Baseline.FRESH;
        return rollout.phases().stream()
                .mapToDouble(p -> fresh && p.weight() > 0 && p.weight() < 100 ? 50 : p.weight())
                .mapToObj(weight -> weight / 100)
                .toList();
    }

    /** Of the objective that lets least fail; no objective at all is taken for a usual one. */
    private static DefaultBudget unsetBudget(Contract contract) {
        return contract.metrics().stream()
                .filter(m -> !m.muted() && m.objective() != null)
                .map(m -> DefaultBudget.of(
                        m.objective().target(), m.objective().period().toMillis() / 1000.0))
                .min(Comparator.comparingDouble(DefaultBudget::seconds))
                .orElse(DefaultBudget.USUAL);
    }

    /** Of each phase, its warm-up and longest bake: what it can cost in. */
    private static List<Double> longest(RolloutSpec rollout) {
        return rollout.phases().stream()
                .map(p -> p.warmup().plus(p.maxBake() == null ? p.bake() : p.maxBake()))
                .map(d -> d.toMillis() / 1000.0)
                .toList();
    }

    /** Single durations come from a histogram alone: what a query answers is a summary, and its spread says nothing. */
    private static boolean raw(Metric metric) {
        return metric.kind() != Metric.Kind.LATENCY
                || !metric.query().histogram().isEmpty();
    }

    private static MetricConfig metric(Metric metric, List<Trigger> triggers) {
        return MetricConfig.builder(
                        metric.id(), MetricKind.valueOf(metric.kind().name()))
                .name(metric.name())
                .unit(metric.unit())
                .worse(Worse.valueOf(metric.worse().name()))
                .critical(metric.critical())
                .muted(metric.muted())
                .group(metric.group())
                .weight(metric.weight())
                .raw(raw(metric))
                .far(metric.query().limit())
                .allow(allow(metric, triggers))
                .objective(
                        metric.objective() == null
                                ? Double.NaN
                                : metric.objective().target())
                .build();
    }

    /** A metric's own margin; without one, what the contract's rollback threshold for it says. */
    private static Allow allow(Metric metric, List<Trigger> triggers) {
        return metric.allow().equals(Margin.NONE)
                ? HarmMargin.first(metric, triggers)
                : new Allow(metric.allow().value(), metric.allow().relative());
    }
}
