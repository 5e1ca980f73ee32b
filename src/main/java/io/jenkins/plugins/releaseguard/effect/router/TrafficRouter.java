// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.async.Callee;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Moves traffic between the baseline and the canary. Both calls are idempotent, bounded in time and safe to repeat. */
@Beta
public interface TrafficRouter extends Callee {
    /**
     * Gives the canary {@code weight} percent (0 to 100) of new requests. At 0 the sessions that the canary still holds are shut
     * as well. Returning says only that the router accepted: {@link #read()} tells whether it is so.
     */
    void shift(double weight) throws EffectException, InterruptedException;

    /** What is true at the router now. */
    RouterReading read() throws EffectException, InterruptedException;

    /** What it can't be asked, as it is set up, and what somebody must see to instead: told before the first users are moved. No call is made. */
    default List<String> unproven() {
        return List.of();
    }

    /**
     * {@link #shift} as a call that nobody waits for. A router that can be asked without a thread does so; this one, the usual, has
     * {@code shift} hold one of {@code blocking}'s.
     *
     * @param blocking for work that has to wait; it may take none: then this throws or fails with a RejectedExecutionException
     * @return fails with what {@code shift} throws. Cancelled, the call is given up: {@code shift}'s thread is interrupted, and what it
     *     still says is not heard. What the router has taken by then stays, and the share is set again
     */
    default CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
        return Blocking.call(
                () -> {
                    shift(weight);
                    return null;
                },
                blocking);
    }

    /** {@link #read} in the same way. */
    default CompletableFuture<RouterReading> readAsync(Executor blocking) {
        return Blocking.call(this::read, blocking);
    }
}
