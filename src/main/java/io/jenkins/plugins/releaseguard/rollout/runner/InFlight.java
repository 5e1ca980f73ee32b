// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Calls to the world under way, one a key, each with a deadline that begins when the call does: time in our own queue is nobody
 * else's silence. A call that outlives its deadline is interrupted and answered for; whatever it says later is not heard.
 */
final class InFlight {
    private static final Logger LOGGER = Logger.getLogger(InFlight.class.getName());

    private final Map<EffectKey, Call> calls = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    InFlight(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    private static final class Call {
        private volatile Future<?> task;
        private volatile Future<?> deadline;

        void cancel() {
            if (task != null) {
                task.cancel(true);
            }
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    /**
     * Starts a call, unless one with the same key is under way.
     *
     * @param answer gets the result, or null and the error; called at most once, never for a key that was dropped
     * @return whether a call is under way now; false where the pool takes none or no thread can be made, which is nobody's answer
     */
    <T> boolean start(
            EffectKey key, ExecutorService pool, Duration limit, Callable<T> work, BiConsumer<T, Exception> answer) {
        Call call = new Call();
        if (calls.putIfAbsent(key, call) != null) {
            return true;
        }
        try {
            call.task = pool.submit(() -> run(key, call, limit, work, answer));
            return true;
        } catch (RejectedExecutionException e) {
            calls.remove(key, call);
        } catch (OutOfMemoryError e) {
            calls.remove(key, call);
            LOGGER.log(Level.SEVERE, "No thread for '" + key + "'", e);
        }
        return false;
    }

    private <T> void run(EffectKey key, Call call, Duration limit, Callable<T> work, BiConsumer<T, Exception> answer) {
        // dropped while it waited, or its pool kept what it had refused: its effect is not wanted any more
        if (calls.get(key) != call || !limit(key, call, limit, answer)) {
            return;
        }
        T result = null;
        Exception error = null;
        try {
            result = work.call();
        } catch (Exception e) {
            error = e;
        } catch (LinkageError | StackOverflowError e) {
            // a router or an action of another plugin that isn't whole: nobody should wait for the deadline to hear of
            // it
            error = new ExecutionException(e);
        }
        if (calls.remove(key, call)) {
            call.deadline.cancel(false);
            answer.accept(result, error);
        }
    }

    /** Whether the call may begin: one without a deadline might never end. */
    private <T> boolean limit(EffectKey key, Call call, Duration limit, BiConsumer<T, Exception> answer) {
        try {
            call.deadline = timer.schedule(
                    () -> {
                        if (calls.remove(key, call)) {
                            call.cancel();
                            answer.accept(
                                    null, new TimeoutException("no answer within " + limit.toMillis() / 1000.0 + " s"));
                        }
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            // the runner's threads are going: nobody listens any more
            calls.remove(key, call);
            return false;
        }
    }

    /** Forgets a call: it is interrupted and not answered for. */
    void drop(EffectKey key) {
        Call call = calls.remove(key);
        if (call != null) {
            call.cancel();
        }
    }

    void dropAll() {
        calls.keySet().forEach(this::drop);
    }

    Iterable<EffectKey> keys() {
        return calls.keySet();
    }
}
