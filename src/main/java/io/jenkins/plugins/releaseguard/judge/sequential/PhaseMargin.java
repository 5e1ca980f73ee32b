// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;

/** The harm that a promotion excludes in a phase, and whether what was seen is less than that. */
final class PhaseMargin {
    private PhaseMargin() {}

    /**
     * Of a rate the larger one of its margin and the extra rate that nobody cares about.
     *
     * @param multiplier of the phase
     * @param level of the baseline in this phase, NaN while unknown
     */
    static Allow of(MetricConfig m, double multiplier, double level) {
        Allow margin = m.promotionMargin(multiplier);
        double extra = m.kind() == MetricKind.RATE ? multiplier * m.floor() : 0;
        return margin.relative() && extra > margin.at(level) ? Allow.absolute(extra) : margin;
    }

    /** Whether the phase's own estimate is no better than what is to be excluded; false while there is none. */
    static boolean isReached(MetricConfig m, double multiplier, double effect, PhaseSums sums) {
        Allow margin = of(m, multiplier, sums.baselineLevel());
        double found = m.counted() && !margin.relative()
                ? sums.canaryLevel() - sums.baselineLevel()
                : inUnitOf(margin, m, effect, sums.baselineLevel());
        return m.worse().directions().stream().anyMatch(d -> d.along(found) >= margin.value());
    }

    private static double inUnitOf(Allow margin, MetricConfig m, double effect, double level) {
        if (m.kind() == MetricKind.GAUGE) {
            return margin.relative() ? effect / Math.abs(level) : effect;
        }
        return margin.relative() ? effect : effect * Math.abs(level);
    }
}
