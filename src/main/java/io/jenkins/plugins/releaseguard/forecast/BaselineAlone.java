// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.journal.Event;

/** A look's sample as it would be if only the baseline had been looked at. */
public final class BaselineAlone {
    private BaselineAlone() {}

    /** @param requests how many the canary had; null where that isn't known either */
    public static Event.Sample of(Event.Sample both, Double requests) {
        return new Event.Sample(
                both.metric(),
                null,
                requests,
                both.baselineErrors(),
                both.baselineTotal(),
                null,
                both.baselineValues(),
                null,
                both.baselineQuantiles(),
                both.bounds(),
                null,
                both.baselineBuckets(),
                both.missing());
    }
}
