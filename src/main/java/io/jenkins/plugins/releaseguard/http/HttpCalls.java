// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.async.Blocking;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Calls HTTP addresses that an administrator allows. */
@Beta
@FunctionalInterface
public interface HttpCalls {
    /**
     * Calls and reads the answer up to a bound.
     *
     * @throws IOException the address is not allowed, not known, or did not answer in time
     */
    HttpResult call(HttpCall call) throws IOException, InterruptedException;

    /**
     * {@link #call} as a call that nobody waits for.
     *
     * @param blocking for work that has to wait; it may take none: then this throws or fails with a RejectedExecutionException
     * @return fails with what {@code call} throws; cancelled, the call is given up
     */
    default CompletableFuture<HttpResult> callAsync(HttpCall call, Executor blocking) {
        return Blocking.call(() -> call(call), blocking);
    }
}
