// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.util.Collection;
import java.util.Optional;

/**
 * Releases of a contract as it is and as it could be, simulated from the first phase to the last: what one phase gains another may lose,
 * since by budget a phase is left by what the next one may cost.
 */
final class WholeReleases {
    private static final int RUNS = 60;

    private final Contract contract;
    private final Habits habits;
    private final long seed;
    private final Forecast before;

    /** @param before of the contract as it is */
    WholeReleases(Contract contract, Habits habits, long seed, Forecast before) {
        this.contract = contract;
        this.habits = habits;
        this.seed = seed;
        this.before = before;
    }

    Contract contract() {
        return contract;
    }

    Habits habits() {
        return habits;
    }

    static JudgeConfig judge(Contract contract) {
        return Plans.of(contract, "", PlanOptions.ALONE).judge();
    }

    Forecast simulate(Contract other, Habits with) {
        return new Forecaster(Plans.of(other, "", PlanOptions.ALONE), with, seed, true).run(RUNS, false);
    }

    /** Where nothing is worse than before, and these phases hold no more than what an innocent release may be held by. */
    Optional<Forecast> mended(Contract other, Habits with, Collection<Integer> phases) {
        Forecast then = simulate(other, with);
        return isNoWorse(then) && phases.stream().allMatch(p -> isMended(then, p))
                ? Optional.of(then)
                : Optional.empty();
    }

    static boolean isMended(Forecast then, int phase) {
        // also where none gets so far
        return then.phases().get(phase).held() <= Advisor.HELD;
    }

    /** No phase holds more innocent releases than before, but for chance, and no more are stopped. */
    boolean isNoWorse(Forecast then) {
        for (int p = 0; p < then.phases().size(); p++) {
            double was = before.phases().get(p).held();
            if (then.phases().get(p).compared() && !(then.phases().get(p).held() <= most(was, Advisor.HELD))) {
                return false;
            }
        }
        return then.stopped() <= most(before.stopped(), Forecast.FEW);
    }

    /** What chance alone may make of a share, or what is let pass in any case. */
    private static double most(double share, double passes) {
        return Double.isNaN(share) ? 1 : Math.max(passes, share + 2 * Math.sqrt(share * (1 - share) / RUNS));
    }
}
