// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;

/**
 * Whose work was seen in the bake under way, in the metrics that count: without the new version's there is nothing to call proven.
 *
 * @param canary requests of the new version, or values that only requests give
 * @param tally a count of the new version that came without its requests, and may be nothing for want of any
 * @param routed requests that the router has sent to the new version
 * @param baseline requests of the last good version
 */
record Seen(boolean canary, boolean tally, boolean routed, boolean baseline) {
    static final Seen NOTHING = new Seen(false, false, false, false);

    /** Whether the new version was seen at work. */
    boolean canaryAtWork() {
        return canary || tally && routed;
    }

    Seen withLook(Plan plan, Event.Looked looked) {
        Seen seen = this;
        for (Event.Sample sample : looked.samples()) {
            if (sample.missing() == null
                    && plan.metrics().stream().anyMatch(m -> !m.muted() && m.id().equals(sample.metric()))) {
                seen = seen.with(sample);
            }
        }
        return seen;
    }

    /** Two readings of the router's counter, in their order. */
    Seen withReadings(double before, double after) {
        return after > before ? new Seen(canary, tally, true, baseline) : this;
    }

    private Seen with(Event.Sample s) {
        return new Seen(
                canary || canary(s),
                tally || s.canaryErrors() != null && s.canaryTotal() == null,
                routed,
                baseline
                        || atWork(
                                s.baselineErrors(),
                                s.baselineTotal(),
                                s.baselineQuantiles(),
                                s.baselineValues(),
                                s.baselineBuckets()));
    }

    /** Whether the sample shows the new version at work. */
    static boolean canary(Event.Sample s) {
        return atWork(s.canaryErrors(), s.canaryTotal(), s.canaryQuantiles(), s.canaryValues(), s.canaryBuckets());
    }

    private static boolean atWork(
            Double errors, Double total, Map<String, Double> quantiles, List<Double> values, List<Double> buckets) {
        if (total != null) {
            return total > 0;
        }
        return errors != null && errors > 0
                || quantiles != null && !quantiles.isEmpty()
                || values != null && !values.isEmpty()
                || buckets != null && buckets.stream().anyMatch(b -> b != null && b > 0);
    }

    /** Whether any metric counts at all. */
    static boolean possible(Plan plan) {
        return plan.metrics().stream().anyMatch(m -> !m.muted());
    }
}
