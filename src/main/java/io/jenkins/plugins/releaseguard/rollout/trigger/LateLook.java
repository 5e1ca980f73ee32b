// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How much of a condition's time a look stands for. One that comes late covers many intervals and has but their mean: our own
 * lateness, or a source's silence, must not make "for five minutes" out of one glance. It stands for all of its time where so many
 * errors are beyond chance at the limit, else for one interval.
 */
final class LateLook {
    /** More of them in one look is late; a jitter and a slow answer are not. */
    private static final int INTERVALS = 3;

    /** How often a service that is just at its limit would have so many errors. */
    private static final double CHANCE = 0.05;

    private LateLook() {}

    /**
     * @param interval between looks
     * @param errors null where the source gives none
     * @param total null where the source gives none
     * @param limit a share for a rate
     */
    static Duration standsFor(
            Trigger trigger, Event.Looked look, Duration interval, Double errors, Double total, double limit) {
        Duration covered = Duration.between(look.from(), look.to());
        boolean late = covered.compareTo(interval.multipliedBy(INTERVALS)) > 0;
        return late && isChance(trigger, errors, total, limit) ? interval : covered;
    }

    private static boolean isChance(Trigger trigger, Double errors, Double total, double limit) {
        Threshold.Comparison comparison = trigger.threshold().comparison();
        if (trigger.metric().kind() != Metric.Kind.RATE
                || errors == null
                || total == null
                || !comparison.holds(1, 0)
                || limit <= 0
                || limit >= 1) {
            return false;
        }
        int requests = (int) Math.min(Integer.MAX_VALUE, Math.round(total));
        int failed = (int) Math.min(requests, Math.floor(errors));
        return requests > 0 && BinomialDistribution.of(requests, limit).survivalProbability(failed - 1) > CHANCE;
    }
}
