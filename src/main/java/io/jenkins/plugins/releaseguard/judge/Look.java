// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.List;

/**
 * Exactly the interval since the last look: looks tile time.
 *
 * @param phase index into the plan's phases
 * @param seconds length of the interval
 * @param baselineRequests requests that the baseline served in it, NaN if unknown
 * @param warmup whether the phase still warms up: what is seen is remembered, and nothing is bet on it
 */
public record Look(
        int phase,
        double seconds,
        double baselineRequests,
        double canaryRequests,
        List<MetricLook> metrics,
        boolean warmup) {
    /** @throws IllegalArgumentException when the length is negative, infinite or no number */
    public Look {
        metrics = List.copyOf(metrics);
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("look.seconds must be a length of time, but is " + seconds);
        }
    }

    /** A look after the warm-up. */
    public Look(int phase, double seconds, double baselineRequests, double canaryRequests, List<MetricLook> metrics) {
        this(phase, seconds, baselineRequests, canaryRequests, metrics, false);
    }
}
