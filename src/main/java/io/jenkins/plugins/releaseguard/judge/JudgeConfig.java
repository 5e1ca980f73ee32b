// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a release is watched; made by {@link #builder}.
 *
 * @param alpha chance of a false stop in a whole rollout, over all phases, metrics and looks
 * @param phaseShares planned share of the canary in each phase, 0 to 1; 0 and 1 have no concurrent baseline
 * @param expectedShares share of the canary among the requests that are compared: the same list, or 0.5 throughout where a
 *     baseline deployment of the canary's size is compared
 * @param marginMultipliers of the promotion margin in each phase; the last one holds for later phases
 * @param ratioTolerance relative deviation of the traffic share that is no mismatch
 * @param blastRadius extra failed requests that the whole canary may cost, infinite for no budget
 * @param block seconds of looks that the bets take as one observation at least; 0 for each look by itself
 * @param sticky seconds for which the router pins a user to a side, 0 where it doesn't
 * @param promotion what a phase must show before it is left
 * @param unsetBudget what the canary may cost under {@link Promotion#BUDGET} where {@code blastRadius} is infinite
 * @param longest seconds that each phase may take at most
 */
public record JudgeConfig(
        double alpha,
        List<MetricConfig> metrics,
        List<Double> phaseShares,
        List<Double> expectedShares,
        List<Double> marginMultipliers,
        double ratioTolerance,
        double blastRadius,
        double block,
        double sticky,
        Promotion promotion,
        DefaultBudget unsetBudget,
        List<Double> longest) {

    /** Chance of a false stop. */
    public static final double DEFAULT_ALPHA = 0.05;

    /** Chance of a false promotion at a phase's margin; nobody sets another. */
    public static final double PROMOTE_ALPHA = 0.05;

    /** Times a metric's margin, in the first compared phase, the second and so on. */
    public static final List<Double> DEFAULT_MARGIN_MULTIPLIERS = List.of(5.0, 3.0, 2.0, 1.0);

    /** Relative deviation of the traffic share. */
    public static final double DEFAULT_RATIO_TOLERANCE = 0.1;

    /**
     * Seconds that a bet takes as one observation: longer than an instance stumbles. Measured: docs/judge.md, blocks.
     */
    public static final double DEFAULT_BLOCK = 15;

    /** Observations of values in one of events. */
    private static final double VALUES_OF_A_BLOCK = 3;

    /** Of a user's stay, what is taken as one observation. */
    private static final double STICKY_PART = 0.5;

    /** Seconds that a phase may take where nobody says. */
    public static final double DEFAULT_LONGEST = 1800;

    /** Extra failed requests: no budget. */
    public static final double DEFAULT_BLAST_RADIUS = Double.POSITIVE_INFINITY;

    /** @throws IllegalArgumentException naming the setting and its value when that is out of range */
    public JudgeConfig {
        metrics = List.copyOf(metrics);
        phaseShares = List.copyOf(phaseShares);
        expectedShares = List.copyOf(expectedShares);
        marginMultipliers = List.copyOf(marginMultipliers);
        longest = List.copyOf(longest);
        Set<String> ids = new HashSet<>();
        metrics.forEach(m -> require(ids.add(m.id()), "metric id " + m.id() + " is given twice"));
        require(alpha > 0 && alpha < 1, "alpha must lie between 0 and 1, but is " + alpha);
        phaseShares.forEach(s -> require(s >= 0 && s <= 1, "a phase's share must lie in 0..1, but is " + s));
        expectedShares.forEach(s -> require(s >= 0 && s <= 1, "an expected share must lie in 0..1, but is " + s));
        require(expectedShares.size() == phaseShares.size(), "expectedShares and phaseShares differ in length");
        require(longest.size() == phaseShares.size(), "longest and phaseShares differ in length");
        longest.forEach(s -> require(s >= 0, "a phase's longest time must not be negative, but is " + s));
        require(!marginMultipliers.isEmpty(), "marginMultipliers must not be empty");
        marginMultipliers.forEach(m -> require(m > 0, "a margin multiplier must be positive, but is " + m));
        require(ratioTolerance >= 0, "ratioTolerance must not be negative, but is " + ratioTolerance);
        require(blastRadius >= 0, "blastRadius must not be negative, but is " + blastRadius);
        require(block >= 0 && block < Double.POSITIVE_INFINITY, "block must be a length of time, but is " + block);
        require(sticky >= 0 && sticky < Double.POSITIVE_INFINITY, "sticky must be a length of time, but is " + sticky);
    }

    /** The default settings; shares are fractions of the traffic. */
    public static JudgeConfig of(double alpha, List<MetricConfig> metrics, List<Double> phaseShares) {
        return builder(metrics, phaseShares).alpha(alpha).build();
    }

    /**
     * Begins with the default settings.
     *
     * @param phaseShares planned share of the canary in each phase, 0 to 1
     */
    public static Builder builder(List<MetricConfig> metrics, List<Double> phaseShares) {
        return new Builder(metrics, phaseShares);
    }

    /** The same with other settings of its metrics. */
    public JudgeConfig with(List<MetricConfig> others) {
        return new JudgeConfig(
                alpha,
                others,
                phaseShares,
                expectedShares,
                marginMultipliers,
                ratioTolerance,
                blastRadius,
                block,
                sticky,
                promotion,
                unsetBudget,
                longest);
    }

    /**
     * Seconds of looks whose events are one observation.
     *
     * @param bursts whether events come in bursts, which are to fall into one block rather than two
     */
    public double eventBlock(boolean bursts) {
        return Math.max(bursts ? 2 * block : block, stickyBlock());
    }

    /** Seconds of looks whose users are one observation, 0 where users go to either side at each request. */
    public double stickyBlock() {
        return STICKY_PART * sticky;
    }

    /**
     * Seconds of looks whose values are one observation: fewer, since no observation of values doubles what is bet, whereas one of
     * events may make six times as much of it.
     */
    public double valueBlock() {
        return Math.max(block / VALUES_OF_A_BLOCK, stickyBlock());
    }

    /** The part of the release's evidence that a metric is, 0 to 1; NaN where none weighs anything. */
    public double part(MetricConfig metric) {
        double all = metrics.stream()
                .filter(m -> !m.muted())
                .mapToDouble(MetricConfig::weight)
                .sum();
        return metric.weight() / all;
    }

    /** Whether a phase has a concurrent baseline. */
    public boolean compares(int phase) {
        double share = phaseShares.get(phase);
        return share > 0 && share < 1;
    }

    /** The number of phases that have a concurrent baseline. */
    public int comparedPhases() {
        int n = 0;
        for (int i = 0; i < phaseShares.size(); i++) {
            n += compares(i) ? 1 : 0;
        }
        return n;
    }

    /** Whether after this phase nothing is left to compare with: it is the last, or the next has all the traffic. */
    public boolean beforeAll(int phase) {
        return phase + 1 >= phaseShares.size() || phaseShares.get(phase + 1) >= 1;
    }

    /** Extra failed (or too slow) requests that the canary may cost, at so many requests a second of the whole service. */
    public double budget(double requestsPerSecond) {
        return Double.isInfinite(blastRadius) ? unsetBudget.at(requestsPerSecond) : blastRadius;
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

    /** Settings of a watched release; what isn't set has its default. */
    public static final class Builder {
        private final List<MetricConfig> metrics;
        private final List<Double> phaseShares;
        private double alpha = DEFAULT_ALPHA;
        private List<Double> expectedShares;
        private List<Double> marginMultipliers = DEFAULT_MARGIN_MULTIPLIERS;
        private double ratioTolerance = DEFAULT_RATIO_TOLERANCE;
        private double blastRadius = DEFAULT_BLAST_RADIUS;
        private double block = DEFAULT_BLOCK;
        private double sticky;
        private Promotion promotion = Promotion.PROOF;
        private DefaultBudget unsetBudget = DefaultBudget.USUAL;
        private List<Double> longest;

        private Builder(List<MetricConfig> metrics, List<Double> phaseShares) {
            this.metrics = metrics;
            this.phaseShares = phaseShares;
            expectedShares = phaseShares;
            longest = Collections.nCopies(phaseShares.size(), DEFAULT_LONGEST);
        }

        /** Chance of a false stop in a whole rollout, between 0 and 1. */
        public Builder alpha(double v) {
            alpha = v;
            return this;
        }

        /** The canary's share of the requests that are compared in each phase, 0 to 1; null for the planned one. */
        public Builder expectedShares(List<Double> v) {
            expectedShares = v == null ? phaseShares : v;
            return this;
        }

        /** Of the promotion margin in each compared phase, positive; null or none for the default. */
        public Builder marginMultipliers(List<Double> v) {
            marginMultipliers = v == null || v.isEmpty() ? DEFAULT_MARGIN_MULTIPLIERS : v;
            return this;
        }

        /** Relative deviation of the traffic share that is no mismatch, not negative. */
        public Builder ratioTolerance(double v) {
            ratioTolerance = v;
            return this;
        }

        /** Extra failed requests that the whole canary may cost, not negative. */
        public Builder blastRadius(double v) {
            blastRadius = v;
            return this;
        }

        /** Seconds of looks that the bets take as one observation at least, not negative; 0 for each look by itself. */
        public Builder block(double v) {
            block = v;
            return this;
        }

        /** Seconds for which the router pins a user to a side, not negative. */
        public Builder sticky(double v) {
            sticky = v;
            return this;
        }

        /** What a phase must show before it is left. */
        public Builder promotion(Promotion v) {
            promotion = v;
            return this;
        }

        /** What the canary may cost under {@link Promotion#BUDGET} where no blast radius is set. */
        public Builder unsetBudget(DefaultBudget v) {
            unsetBudget = v;
            return this;
        }

        /** Seconds that each phase may take at most. */
        public Builder longest(List<Double> v) {
            longest = v;
            return this;
        }

        /** @throws IllegalArgumentException naming the setting and its value when that is out of range */
        public JudgeConfig build() {
            return new JudgeConfig(
                    alpha,
                    metrics,
                    phaseShares,
                    expectedShares,
                    marginMultipliers,
                    ratioTolerance,
                    blastRadius,
                    block,
                    sticky,
                    promotion,
                    unsetBudget,
                    longest);
        }
    }
}
