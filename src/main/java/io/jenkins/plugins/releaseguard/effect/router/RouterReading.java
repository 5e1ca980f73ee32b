// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * The state of the traffic.
 *
 * @param weight the canary's share of new requests in percent; NaN where several routers of one give different ones
 * @param canaryRequests requests sent to the canary since its counter began; NaN if the router can't tell
 * @param baselineRequests the same for the baseline
 * @param canarySessions sessions open to the canary now; NaN if the router can't tell
 * @param baselineServing whether the baseline takes requests; null if the router can't tell
 * @param ground what the share rests on
 */
@Beta
public record RouterReading(
        double weight,
        double canaryRequests,
        double baselineRequests,
        double canarySessions,
        Boolean baselineServing,
        RouterGround ground) {
    public RouterReading {
        ground = ground == null ? RouterGround.NONE : ground;
    }

    /** Of a router that tells only of the traffic. */
    public RouterReading(
            double weight,
            double canaryRequests,
            double baselineRequests,
            double canarySessions,
            Boolean baselineServing) {
        this(weight, canaryRequests, baselineRequests, canarySessions, baselineServing, RouterGround.NONE);
    }
}
