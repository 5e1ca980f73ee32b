// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import io.jenkins.plugins.releaseguard.forecast.Forecast;
import io.jenkins.plugins.releaseguard.forecast.RemainingSentence;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is expected of a release.
 *
 * @param text for people, with where it is from
 * @param plan what was simulated
 */
@Restricted(NoExternalUse.class)
public record Expected(String text, Forecast forecast, Plan plan) {
    private static final String PREFIX = "Expected: ";

    /** The same for logs. */
    String sentence() {
        return PREFIX + text;
    }

    /** What a log's sentence says. */
    static String text(String sentence) {
        return sentence.startsWith(PREFIX) ? sentence.substring(PREFIX.length()) : sentence;
    }

    /**
     * How long it will likely take yet; empty where it isn't on its way forward, and where that depends on a body. Returns at once.
     *
     * @param enclosed whether an {@code autoRollback} encloses it: whether its body runs phases at all is seen when the first begins
     */
    String remaining(State state, boolean enclosed) {
        boolean bodyDecides = enclosed && state.life() == Lifecycle.ARMED;
        return !bodyDecides && state.phaseIndex() < forecast.phases().size()
                ? RemainingSentence.of(forecast, plan, state)
                : "";
    }
}
