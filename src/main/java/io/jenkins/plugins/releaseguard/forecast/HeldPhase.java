// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.time.Duration;
import java.util.List;

/** A phase that holds innocent releases, by which metrics, and what it would do if the contract or the service were otherwise. */
final class HeldPhase {
    private static final int RUNS = 80;

    private final Contract contract;
    private final Habits habits;
    private final long seed;
    private final int index;
    private final Plan plan;
    private final PhaseOutlook now;

    /** @param now of whole releases */
    HeldPhase(Contract contract, Habits habits, long seed, int index, PhaseOutlook now) {
        this.contract = contract;
        this.habits = habits;
        this.seed = seed;
        this.index = index;
        plan = plan(contract);
        this.now = now;
    }

    private static Plan plan(Contract contract) {
        return Plans.of(contract, "", PlanOptions.ALONE);
    }

    /**
     * The phase alone, to find what it may need: whether releases get through with that, only whole ones show.
     *
     * @param horizon seconds to look at
     */
    PhaseOutlook simulate(Contract other, Habits with, double horizon) {
        return new Forecaster(plan(other), with, seed, true).alone(index, RUNS, horizon);
    }

    Contract contract() {
        return contract;
    }

    Habits habits() {
        return habits;
    }

    double requests() {
        return habits.requests().value();
    }

    JudgeConfig judge() {
        return plan.judge();
    }

    int index() {
        return index;
    }

    boolean beforeAll() {
        return judge().beforeAll(index);
    }

    Phase phase() {
        return plan.phases().get(index);
    }

    String name() {
        return phase().name();
    }

    PhaseOutlook now() {
        return now;
    }

    double warmup() {
        return seconds(phase().warmup());
    }

    /** Seconds after which it holds. */
    double end() {
        return warmup() + seconds(phase().maxBake());
    }

    /** Metrics that hold it. */
    List<Excluded> holders() {
        return now.holders().keySet().stream()
                .map(id -> excluded(judge(), habits, index, id))
                .toList();
    }

    /** What a phase must exclude of a metric. */
    static Excluded excluded(JudgeConfig judge, Habits habits, int phase, String id) {
        MetricConfig metric = judge.metrics().stream()
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow();
        return new Excluded(metric, habits.of(id), judge.multiplier(phase));
    }

    /** Seconds that no test can do without to exclude a margin. */
    double bound(Excluded e, Allow margin) {
        return bound(judge(), habits, index, e, margin);
    }

    /** The same in any phase; 0 where it can't be told. */
    static double bound(JudgeConfig judge, Habits habits, int phase, Excluded e, Allow margin) {
        double level = e.habit().failing();
        if (!(level >= 0) || margin.isZero() || level + margin.at(level) >= 1) {
            return 0;
        }
        double share = judge.expectedShares().get(phase);
        double compared = habits.requests().value() * judge.phaseShares().get(phase) / share;
        return InformationBound.seconds(
                compared, share, level, margin, e.habit().burst());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
