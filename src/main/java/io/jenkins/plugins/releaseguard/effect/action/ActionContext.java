// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What actions may use. The three facts are always there; a port that this place doesn't have says so with an
 * {@link EffectException}.
 */
@Beta
public interface ActionContext {
    Contract contract();

    /** The id of the release, unique among all releases. */
    String release();

    /** The environment that is rolled back, by name. */
    String environment();

    /** HTTP calls to addresses and endpoints that are allowed here. */
    default HttpCalls http() throws EffectException {
        throw new EffectException("no address can be called here");
    }

    /** Commands in the workspace of the node that encloses the build's step; the message says why there is none. */
    default Commands commands() throws EffectException, InterruptedException {
        throw new EffectException("no command can be run here");
    }

    /** A router that is set up here under an id. */
    default TrafficRouter router(String id) throws EffectException {
        throw new EffectException("no router '" + id + "' is set up here");
    }

    /**
     * Tells people, with the facts of the release and what broke it behind the message.
     *
     * @param channels ids of channels that are set up here; all are tried
     * @param message what to say first; may be empty
     * @param entry the Rollback entry that it is about; null for none
     * @throws EffectException some could not be told, each with the reason
     */
    default void tell(List<String> channels, String message, String entry)
            throws EffectException, InterruptedException {
        throw new EffectException("could not tell " + String.join(", ", channels) + ": there are no channels here");
    }

    /**
     * Starts another job, once for each key, as whoever the release's own job runs as.
     *
     * @param key as {@link ActionCall#key}
     * @param name the job's full name, or relative to the release's own
     * @param parameters by name
     * @param wait whether to return only when the job has ended
     * @throws EffectException it can't be started, or has not ended well
     */
    default void startJob(String key, String name, Map<String, String> parameters, boolean wait)
            throws EffectException, InterruptedException {
        throw new EffectException("no job '" + name + "' can be started here");
    }

    /** {@link #startJob} as a call that nobody waits for: a job that lasts need hold no thread. See {@link ProcedureAction#performAsync}. */
    default CompletableFuture<Void> startJobAsync(
            String key, String name, Map<String, String> parameters, boolean wait, Executor blocking) {
        return Blocking.call(
                () -> {
                    startJob(key, name, parameters, wait);
                    return null;
                },
                blocking);
    }
}
