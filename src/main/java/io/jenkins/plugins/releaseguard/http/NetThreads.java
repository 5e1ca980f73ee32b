// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.async.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The few threads behind all calls of one process, whatever their number: none waits for an answer. */
final class NetThreads {
    /** Takes answers in and hands them on. */
    static final ExecutorService ANSWERS = DaemonThreads.pool(2, "http");

    private NetThreads() {}

    /** Has it done later, on one of {@link #ANSWERS}. */
    static Runnable later(Duration in, Runnable what) {
        CompletableFuture<Void> due =
                new CompletableFuture<Void>().completeOnTimeout(null, in.toMillis(), TimeUnit.MILLISECONDS);
        due.thenRunAsync(what, ANSWERS);
        return () -> due.cancel(false);
    }
}
