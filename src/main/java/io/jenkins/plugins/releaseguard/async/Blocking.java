// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Work that holds a thread, as a future. Cancelled before it begins it never does; cancelled while it runs its thread is interrupted,
 * whatever {@code mayInterruptIfRunning} says, and only then: whoever has the thread next is left alone.
 */
public final class Blocking<T> extends CompletableFuture<T> {
    private final Callable<T> work;
    private Thread thread;

    private Blocking(Callable<T> work) {
        this.work = work;
    }

    /**
     * Has work done by an executor.
     *
     * @return fails with what the work throws, as it was thrown
     * @throws java.util.concurrent.RejectedExecutionException the executor takes nothing more: the work does not begin
     * @throws OutOfMemoryError also where no thread could be made: the work does not begin
     */
    public static <T> CompletableFuture<T> call(Callable<T> work, Executor executor) {
        Blocking<T> future = new Blocking<>(work);
        boolean taken = false;
        try {
            executor.execute(future::run);
            taken = true;
        } finally {
            if (!taken) {
                // an executor may keep what it refuses
                future.cancel(true);
            }
        }
        return future;
    }

    private void run() {
        if (!begin()) {
            return;
        }
        T result = null;
        Throwable error = null;
        try {
            result = work.call();
        } catch (Throwable e) {
            error = e;
        } finally {
            end();
        }
        if (error == null) {
            complete(result);
        } else {
            completeExceptionally(error);
        }
    }

    private synchronized boolean begin() {
        if (isDone()) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    private synchronized void end() {
        thread = null;
        if (isCancelled()) {
            // meant for this work
            Thread.interrupted();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            interrupt();
        }
        return cancelled;
    }

    private synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
