// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What a call does. Calls may be begun again where there was no memory or no thread for them, so they are safe to repeat.
 *
 * @param <T> what comes of it; null where nothing does
 */
public final class Work<T> {
    /** Begins what goes on by itself. */
    @FunctionalInterface
    public interface Start<T> {
        /**
         * Returns at once.
         *
         * @param blocking for parts that have to wait; it refuses where no thread is free, and then the call is begun again
         *     when there is one
         */
        CompletionStage<T> begin(Executor blocking) throws Exception;
    }

    private final Callable<T> call;
    private final Start<T> start;

    private Work(Callable<T> call, Start<T> start) {
        this.call = call;
        this.start = start;
    }

    /** Holds a thread to its end; it is interrupted at its deadline. */
    public static <T> Work<T> blocking(Callable<T> call) {
        return new Work<>(call, null);
    }

    /** Holds no thread, or one to its end where it has parts that have to wait; the stage is cancelled at the deadline. */
    public static <T> Work<T> asynchronous(Start<T> start) {
        return new Work<>(null, start);
    }

    boolean isBlocking() {
        return call != null;
    }

    T call() throws Exception {
        return call.call();
    }

    CompletionStage<T> begin(Executor blocking) throws Exception {
        return start.begin(blocking);
    }
}
