// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a release is watched.
 *
 * @param alpha false stops of a whole rollout, over all phases, metrics and looks
 * @param promoteAlpha false promotions at a phase's margin
 * @param phaseShares planned share of the canary in each phase; 0 and 1 have no concurrent baseline
 * @param expectedShares share of the canary among the requests that are compared: the same list, or 0.5 throughout where a
 *     baseline deployment of the canary's size is compared
 * @param marginMultipliers of the promotion margin in each phase; the last one holds for later phases
 * @param ratioTolerance relative deviation of the traffic share that is no mismatch
 * @param blastRadius extra failed requests that the whole canary may cost, infinite for no budget
 */
public record JudgeConfig(
        double alpha,
        double promoteAlpha,
        List<MetricConfig> metrics,
        List<Double> phaseShares,
        List<Double> expectedShares,
        List<Double> marginMultipliers,
        double ratioTolerance,
        double blastRadius,
        double passScore,
        double marginalScore) {

    public static final List<Double> USUAL_MULTIPLIERS = List.of(5.0, 3.0, 2.0, 1.0);

    public JudgeConfig {
        metrics = List.copyOf(metrics);
        phaseShares = List.copyOf(phaseShares);
        expectedShares = expectedShares == null ? phaseShares : List.copyOf(expectedShares);
        marginMultipliers = marginMultipliers == null || marginMultipliers.isEmpty()
                ? USUAL_MULTIPLIERS
                : List.copyOf(marginMultipliers);
        Set<String> ids = new HashSet<>();
        metrics.forEach(m -> require(ids.add(m.id()), "metric id " + m.id() + " is given twice"));
        require(alpha > 0 && alpha < 1, "alpha must lie between 0 and 1, but is " + alpha);
        require(promoteAlpha > 0 && promoteAlpha < 1, "promoteAlpha must lie between 0 and 1, but is " + promoteAlpha);
        phaseShares.forEach(s -> require(s >= 0 && s <= 1, "a phase's share must lie in 0..1, but is " + s));
        expectedShares.forEach(s -> require(s >= 0 && s <= 1, "an expected share must lie in 0..1, but is " + s));
        require(expectedShares.size() == phaseShares.size(), "expectedShares and phaseShares differ in length");
        marginMultipliers.forEach(m -> require(m > 0, "a margin multiplier must be positive, but is " + m));
        require(ratioTolerance >= 0, "ratioTolerance must not be negative, but is " + ratioTolerance);
        require(blastRadius >= 0, "blastRadius must not be negative, but is " + blastRadius);
    }

    /** The usual settings; shares are fractions of the traffic. */
    public static JudgeConfig of(double alpha, List<MetricConfig> metrics, List<Double> phaseShares) {
        return new JudgeConfig(alpha, 0.05, metrics, phaseShares, null, null, 0.1, Double.POSITIVE_INFINITY, 95, 75);
    }

    public JudgeConfig withPromoteAlpha(double v) {
        return new JudgeConfig(
                alpha,
                v,
                metrics,
                phaseShares,
                expectedShares,
                marginMultipliers,
                ratioTolerance,
                blastRadius,
                passScore,
                marginalScore);
    }

    public JudgeConfig withMarginMultipliers(List<Double> v) {
        return new JudgeConfig(
                alpha,
                promoteAlpha,
                metrics,
                phaseShares,
                expectedShares,
                v,
                ratioTolerance,
                blastRadius,
                passScore,
                marginalScore);
    }

    public JudgeConfig withExpectedShares(List<Double> v) {
        return new JudgeConfig(
                alpha,
                promoteAlpha,
                metrics,
                phaseShares,
                v,
                marginMultipliers,
                ratioTolerance,
                blastRadius,
                passScore,
                marginalScore);
    }

    public JudgeConfig withBlastRadius(double v) {
        return new JudgeConfig(
                alpha,
                promoteAlpha,
                metrics,
                phaseShares,
                expectedShares,
                marginMultipliers,
                ratioTolerance,
                v,
                passScore,
                marginalScore);
    }

    public JudgeConfig withScores(double pass, double marginal) {
        return new JudgeConfig(
                alpha,
                promoteAlpha,
                metrics,
                phaseShares,
                expectedShares,
                marginMultipliers,
                ratioTolerance,
                blastRadius,
                pass,
                marginal);
    }

    /** Whether a phase has a concurrent baseline. */
    public boolean compares(int phase) {
        double share = phaseShares.get(phase);
        return share > 0 && share < 1;
    }

    public int comparedPhases() {
        int n = 0;
        for (int i = 0; i < phaseShares.size(); i++) {
            n += compares(i) ? 1 : 0;
        }
        return n;
    }

    /** The margin multiplier of a phase, counted over the phases that have a concurrent baseline. */
    public double multiplier(int phase) {
        int rank = -1;
        for (int i = 0; i <= phase; i++) {
            rank += compares(i) ? 1 : 0;
        }
        return marginMultipliers.get(Math.max(0, Math.min(rank, marginMultipliers.size() - 1)));
    }

    private static void require(boolean ok, String message) {
        if (!ok) {
            throw new IllegalArgumentException(message);
        }
    }
}
