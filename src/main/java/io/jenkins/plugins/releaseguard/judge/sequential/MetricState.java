// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.Worse;

/**
 * What is remembered of a metric.
 *
 * @param main events, or location
 * @param spread null for events
 * @param tail null for events
 * @param looks with data in this phase
 * @param missing the reason why the latest look had no data, null when it had
 * @param extra extra canary failures so far over all phases, beyond what the baseline's rate explains
 * @param highest largest evidence of harm so far
 */
public record MetricState(
        EProcess main, EProcess spread, EProcess tail, int looks, String missing, double extra, double highest) {
    /** Of a metric's evidence; spread and tail share the rest. Parts without data count 1. */
    private static final double LOCATION = 0.5;

    static MetricState start(MetricConfig m) {
        return m.counted()
                ? new MetricState(EProcess.start(m.worse(), EventWatch.PROOFS, true), null, null, 0, null, 0, 1)
                : new MetricState(
                        EProcess.start(m.worse(), Bets.PROOF, true),
                        EProcess.start(Worse.HIGHER, 0, false),
                        EProcess.start(Worse.HIGHER, EventWatch.PROOFS, false),
                        0,
                        null,
                        0,
                        1);
    }

    /** A phase begins; a new process joins the bets on harm where it has a concurrent baseline. */
    MetricState phase(boolean join) {
        return new MetricState(
                main.phase(join),
                spread == null ? null : spread.phase(join),
                tail == null ? null : tail.phase(join),
                0,
                null,
                extra,
                highest);
    }

    /** After a look that says nothing, with the reason; null where nothing was to be expected. */
    MetricState without(String data) {
        return new MetricState(main, spread, tail, looks, data, extra, highest);
    }

    MetricState looked(EProcess nextMain, EProcess nextSpread, EProcess nextTail, double extraFailures) {
        return new MetricState(nextMain, nextSpread, nextTail, looks + 1, null, extra + extraFailures, highest);
    }

    MetricState reached(double e) {
        return e <= highest ? this : new MetricState(main, spread, tail, looks, missing, extra, e);
    }

    /**
     * The metric's evidence of harm.
     *
     * @param planned phases with a concurrent baseline, at least 1
     * @param started those that have begun
     */
    double e(int planned, int started) {
        double e = main.e(planned, started);
        if (spread == null) {
            return e;
        }
        double rest = (1 - LOCATION) / 2;
        return LOCATION * e + rest * spread.e(planned, started) + rest * tail.e(planned, started);
    }

    /** The evidence that harm at this phase's margin is absent: of the weakest part that has data. */
    double proven() {
        boolean tails = tail != null && tail.sums().canaryExposure() > 0;
        return tails ? Math.min(main.proven(), tail.proven()) : main.proven();
    }

    /** Whether enough of the canary was seen for a conclusion. */
    boolean enough(MetricConfig m) {
        return lacking(m) <= 0;
    }

    /** How much more of the canary must be seen before anything is concluded, not positive when enough was. */
    double lacking(MetricConfig m) {
        return m.minimum() - main.sums().canaryExposure();
    }
}
