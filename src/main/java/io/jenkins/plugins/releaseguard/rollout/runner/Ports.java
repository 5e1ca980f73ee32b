// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What the runner needs of the world; Jenkins, the rehearsal and the tests each bring theirs. Called from the runner's threads. */
public interface Ports {
    MetricSource source();

    /** The router; never asked for where the body moves the traffic. */
    TrafficRouter router();

    /** Starts the Pipeline body, if it isn't running under this key already; {@link Runner#bodyEnded} tells of its end. */
    void runBody(Runner runner, Effect.RunBody body) throws EffectException;

    /** Carries out an action of a rollback procedure other than moving traffic; {@code key} makes a repetition harmless. */
    void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException;

    /** {@link #act} as a call that nobody waits for; {@code blocking} is for work that has to wait. Cancelled, it is given up. */
    default CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
        return Blocking.call(
                () -> {
                    act(key, entry, action);
                    return null;
                },
                blocking);
    }

    Event.Validated validate(ValidationEntry entry) throws InterruptedException;

    /** {@link #validate} in the same way as {@link #actAsync}. */
    default CompletableFuture<Event.Validated> validateAsync(ValidationEntry entry, Executor blocking) {
        return Blocking.call(() -> validate(entry), blocking);
    }

    /**
     * Calls people; done as soon as one channel took it.
     *
     * @param key of the call, for its journal and for channels that tell a repetition
     * @param text what people must know, in one line
     * @throws EffectException where no channel took it: the call is made again
     */
    void call(String key, String text) throws EffectException, InterruptedException;

    /** {@link #call} in the same way as {@link #actAsync}. */
    default CompletableFuture<Void> callAsync(String key, String text, Executor blocking) {
        return Blocking.call(
                () -> {
                    call(key, text);
                    return null;
                },
                blocking);
    }

    /** Something happened; for progress, logs and pages. Must be quick. */
    default void happened(Stamped event, State state) {}
}
