// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much harm a Rollback entry's threshold says counts: whoever writes that 2 % of errors end a release has said that fewer don't. Of
 * conditions joined by "and" it is what lies beyond all of them, of those joined by "or" beyond any. A share of the baseline and an amount
 * can only be held against each other where the baseline's level is known: it is that before the deployment, so that the margin of a
 * release is one and the same from its first look to its last. Where it is unknown, the first condition counts.
 */
public final class HarmMargin {
    private HarmMargin() {}

    /** What the first condition of the first trigger on the metric says, {@link Allow#NONE} for nothing. */
    public static Allow first(Metric metric, List<Trigger> triggers) {
        return of(metric, triggers, Captured.NOTHING);
    }

    /** The configuration with what both conditions of a threshold allow at the captured level; itself where no threshold has two. */
    public static JudgeConfig both(JudgeConfig config, List<Trigger> triggers, Captured captured) {
        if (triggers.stream().allMatch(t -> t.warns() || t.parts().isEmpty())) {
            return config;
        }
        List<MetricConfig> metrics = config.metrics().stream()
                .map(m -> triggers.stream()
                        .flatMap(t -> t.conditions().stream())
                        .map(Trigger::metric)
                        .filter(metric ->
                                metric.id().equals(m.id()) && metric.allow().equals(Margin.NONE))
                        .findFirst()
                        .map(metric -> m.toBuilder()
                                .allow(of(metric, triggers, captured))
                                .build())
                        .orElse(m))
                .toList();
        return config.with(metrics);
    }

    private static Allow of(Metric metric, List<Trigger> triggers, Captured captured) {
        Trigger trigger = triggers.stream()
                .filter(t -> !t.warns())
                .filter(t -> t.conditions().stream().anyMatch(part -> isOf(part, metric)))
                .findFirst()
                .orElse(null);
        if (trigger == null) {
            return Allow.NONE;
        }
        List<Trigger> parts = trigger.conditions().stream()
                .filter(part -> isOf(part, metric))
                .filter(part -> !of(metric, part.threshold()).equals(Allow.NONE))
                .toList();
        if (parts.isEmpty()) {
            return Allow.NONE;
        }
        Allow first = of(metric, parts.get(0).threshold());
        double level = Math.abs(captured.level(captured.armed(parts.get(0))));
        // the other metric's condition says nothing of this one's harm, but that it is not alone
        if (parts.size() == 1 || Double.isNaN(level)) {
            return first;
        }
        ToDoubleFunction<Allow> size = allow -> (trigger.all() ? 1 : -1) * allow.at(level);
        Allow binding = parts.stream()
                .map(part -> of(metric, part.threshold()))
                .reduce((a, b) -> size.applyAsDouble(b) > size.applyAsDouble(a) ? b : a)
                .orElse(first);
        // an amount of a quantile is as large a share of each duration as it is of that quantile
        boolean scales = metric.kind() == Metric.Kind.LATENCY && !binding.relative() && level > 0;
        return scales ? new Allow(binding.value() / level, true) : binding;
    }

    private static boolean isOf(Trigger part, Metric metric) {
        return part.metric().id().equals(metric.id());
    }

    private static Allow of(Metric metric, Threshold threshold) {
        Threshold.Bound bound = threshold.bound();
        if (bound instanceof Threshold.Fixed fixed
                && metric.kind() == Metric.Kind.RATE
                && fixed.unit().equals("%")) {
            return Allow.absolute(Math.max(0, fixed.value()));
        } else if (bound instanceof Threshold.AboveBaseline above) {
            return Allow.absolute(Math.max(0, Units.inUnitOf(metric, above.amount(), above.unit())));
        } else if (bound instanceof Threshold.TimesBaseline times) {
            return new Allow(Math.max(0, times.factor() - 1), true);
        }
        return Allow.NONE;
    }
}
