// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import java.time.Instant;
import java.util.List;

/**
 * How far a trigger's condition has come.
 *
 * @param since start of the first interval of the unbroken run of violations; null while quiet
 * @param until end of the last interval that violated
 * @param value the last value seen, NaN for none
 * @param limit what it was compared with
 * @param complete the sample that completed the condition, null until then
 * @param canary whose run it is: the new version's, or the last good one's while the new one has no traffic
 * @param errors of a rate in the run
 * @param total requests of a rate in the run; NaN where a look gave no counts
 * @param looks that violated in the run
 * @param extent what {@code value} is of
 * @param window what a burn rate looks back on; empty for other conditions
 * @param looked what a window or a share of looks looks back on; empty for other conditions
 * @param spread of the baseline, where the condition speaks of it
 * @param parts of a trigger with several conditions each one's; else empty
 */
public record TriggerState(
        Instant since,
        Instant until,
        double value,
        double limit,
        Instant complete,
        boolean canary,
        double errors,
        double total,
        int looks,
        Extent extent,
        BurnWindow window,
        LookWindow looked,
        Spread spread,
        List<TriggerState> parts) {
    public static final TriggerState QUIET =
            new TriggerState(null, null, Double.NaN, Double.NaN, null, false, 0, 0, 0, Extent.NONE, BurnWindow.EMPTY);

    public TriggerState {
        parts = List.copyOf(parts);
    }

    TriggerState(
            Instant since,
            Instant until,
            double value,
            double limit,
            Instant complete,
            boolean canary,
            double errors,
            double total,
            int looks,
            Extent extent,
            BurnWindow window) {
        this(
                since,
                until,
                value,
                limit,
                complete,
                canary,
                errors,
                total,
                looks,
                extent,
                window,
                LookWindow.EMPTY,
                Spread.NONE,
                List.of());
    }

    TriggerState looked(LookWindow looked) {
        return new TriggerState(
                since, until, value, limit, complete, canary, errors, total, looks, extent, window, looked, spread,
                parts);
    }

    TriggerState spread(Spread spread) {
        return new TriggerState(
                since, until, value, limit, complete, canary, errors, total, looks, extent, window, looked, spread,
                parts);
    }

    /** As it is before a look that must complete it anew. */
    TriggerState incomplete() {
        return new TriggerState(
                since, until, value, limit, null, canary, errors, total, looks, extent, window, looked, spread, parts);
    }

    /** Whether the new version's run is under way, which a look at the old one says nothing about. */
    boolean isOfCanaryOnly(boolean looksAtCanary) {
        return canary && !looksAtCanary && !quiet();
    }

    /** Whether the last look that said something did not violate. */
    public boolean quiet() {
        return since == null;
    }
}
