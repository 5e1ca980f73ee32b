// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Something that a rollback's procedure may do beside bringing back the rollout's own traffic. An implementation is
 * stateless and safe to use by several threads.
 */
@Beta
public interface ProcedureAction {
    /** The word in the contract's {@code procedure}, and the fields that may stand behind it. */
    SpecKind kind();

    /** What it calls at endpoints, so that what an endpoint isn't set up for is told before the release begins. */
    default List<EndpointUse> endpoints(Settings settings) {
        return EndpointUse.of(settings);
    }

    /**
     * Does it. After a restart of the controller it may be asked for again with the same {@link ActionCall#key}; what was
     * done already must then not be done twice.
     *
     * @throws EffectException it did not come about, or nobody can know; the message says what people have to do now
     * @throws InterruptedException the action's part of the rollback's objective is over
     */
    void perform(ActionCall call) throws EffectException, InterruptedException;

    /**
     * {@link #perform} as a call that nobody waits for. An action that can wait without a thread does so; this one, the usual, has
     * {@code perform} hold one of {@code blocking}'s.
     *
     * @param blocking for work that has to wait; it may take none: then this throws or fails with a RejectedExecutionException
     * @return fails with what {@code perform} throws. Cancelled, since its time is over, the action is given up: {@code perform}'s
     *     thread is interrupted, and what it still says is not heard
     */
    default CompletableFuture<Void> performAsync(ActionCall call, Executor blocking) {
        return Blocking.call(
                () -> {
                    perform(call);
                    return null;
                },
                blocking);
    }
}
