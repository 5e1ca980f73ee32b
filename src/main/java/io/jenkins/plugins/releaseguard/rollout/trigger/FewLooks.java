// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import java.time.Duration;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether a run of violations that few looks tell of may complete its condition. A look that comes late covers the time of many
 * and has but their mean: our own lateness, or a source's silence, must not make "above the limit for five minutes" out of one
 * glance at a few requests. Where fewer looks tell of a rate than {@link #ENOUGH}, or than half of those that were planned, their
 * errors together must be more than chance makes of the limit: a one-sided exact binomial test (Clopper and Pearson, 1934).
 */
final class FewLooks {
    /** That many violations without a break are what "held for" means, however rarely a source is scraped. */
    static final int ENOUGH = 5;

    /** How often a service that is just at its limit would have so many errors. */
    private static final double CHANCE = 0.05;

    private FewLooks() {}

    /**
     * @param looks of the run
     * @param errors in all of them
     * @param total requests in all of them; NaN where a look gave no counts
     * @param limit a share
     * @param interval between looks as planned
     */
    static boolean suffice(Trigger trigger, int looks, double errors, double total, double limit, Duration interval) {
        double planned = trigger.threshold().sustained().toMillis() / (double) Math.max(1, interval.toMillis());
        if (looks >= Math.min(ENOUGH, planned / 2)
                || trigger.metric().kind() != Metric.Kind.RATE
                || trigger.perTime()
                || !trigger.threshold().comparison().holds(1, 0)
                || !(limit > 0 && limit < 1)
                || !(total >= 1)) {
            return true;
        }
        int requests = (int) Math.min(Integer.MAX_VALUE, Math.round(total));
        int failed = (int) Math.min(requests, Math.floor(errors));
        return BinomialDistribution.of(requests, limit).survivalProbability(failed - 1) <= CHANCE;
    }
}
