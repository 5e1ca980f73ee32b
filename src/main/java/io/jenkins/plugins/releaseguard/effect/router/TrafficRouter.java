// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.effect.EffectException;

/** Moves traffic between the baseline and the canary. Both calls are idempotent, bounded in time and safe to repeat. */
@Beta
public interface TrafficRouter {
    /**
     * Gives the canary {@code weight} percent (0 to 100) of new requests. At 0 the sessions that the canary still holds are shut
     * as well. Returning says only that the router accepted: {@link #read()} tells whether it is so.
     */
    void shift(double weight) throws EffectException, InterruptedException;

    /** What is true at the router now. */
    RouterReading read() throws EffectException, InterruptedException;
}
