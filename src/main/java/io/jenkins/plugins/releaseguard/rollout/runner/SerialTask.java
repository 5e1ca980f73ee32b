// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that one thread at a time runs, and that begins at least once after each call. A call that comes while it runs, up to its
 * last instant, is counted and answered by one more run: none is lost.
 */
final class SerialTask {
    private final Executor executor;
    private final Runnable task;

    /** Since the run under way began; whoever raises it from 0 has the task run. */
    private final AtomicInteger calls = new AtomicInteger();

    /** @param task what it throws ends its run, and the calls made so far; the next call has it run again */
    SerialTask(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    /**
     * Returns at once.
     *
     * @throws java.util.concurrent.RejectedExecutionException the executor takes nothing more
     * @throws OutOfMemoryError also where no thread could be made; a later call tries again
     */
    void call() {
        if (calls.getAndIncrement() > 0) {
            return;
        }
        // an executor may keep what it refuses: a run that was given up must not come beside the next
        AtomicBoolean claimed = new AtomicBoolean();
        boolean taken = false;
        try {
            executor.execute(() -> {
                if (claimed.compareAndSet(false, true)) {
                    run();
                }
            });
            taken = true;
        } finally {
            if (!taken && claimed.compareAndSet(false, true)) {
                calls.set(0);
            }
        }
    }

    private void run() {
        boolean whole = false;
        try {
            int answered = calls.get();
            do {
                task.run();
                answered = calls.addAndGet(-answered);
            } while (answered > 0);
            whole = true;
        } finally {
            if (!whole) {
                calls.set(0);
            }
        }
    }
}
