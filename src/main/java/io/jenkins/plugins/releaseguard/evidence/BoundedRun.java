// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs looks side by side, at most {@code bound} at a time, each for at most {@code limit} or its own time, and keeps their order. The time of a look
 * begins when it does: that it waits for a thread of ours, which others hold, says nothing about what it looks at.
 */
final class BoundedRun {
    private final Executor executor;
    private final int bound;
    private final Duration limit;
    private final BlockingQueue<Running> news = new LinkedBlockingQueue<>();
    private final Map<Integer, Running> running = new LinkedHashMap<>();

    BoundedRun(Executor executor, int bound, Duration limit) {
        if (bound < 1 || limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("bound from 1 and a limit above zero, not " + bound + " and " + limit);
        }
        this.executor = executor;
        this.bound = bound;
        this.limit = limit;
    }

    List<Evidence> all(List<CheckRun> looks) throws InterruptedException {
        Evidence[] results = new Evidence[looks.size()];
        int next = 0;
        try {
            while (next < looks.size() || !running.isEmpty()) {
                while (next < looks.size() && running.size() < bound) {
                    start(next, looks.get(next));
                    next++;
                }
                long patience =
                        running.values().stream().mapToLong(Running::left).min().orElse(0);
                Running done = news.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
                // it also tells when it begins
                if (done != null && done.isDone() && running.remove(done.index) != null) {
                    results[done.index] = done.result();
                }
                for (Running late : overdue()) {
                    running.remove(late.index);
                    late.cancel(true);
                    results[late.index] = late.look.overran(late.most);
                }
            }
        } finally {
            running.values().forEach(r -> r.cancel(true));
        }
        return new ArrayList<>(Arrays.asList(results));
    }

    private void start(int index, CheckRun look) {
        Running task = new Running(index, look, look.limit(limit));
        running.put(index, task);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.reject();
        }
    }

    private List<Running> overdue() {
        return running.values().stream()
                .filter(r -> r.left() <= 0 && !r.isDone())
                .toList();
    }

    private final class Running extends FutureTask<Evidence> {
        private final int index;
        private final CheckRun look;
        private final Duration most;

        /** Null before it has a thread. */
        private volatile Long begun;

        Running(int index, CheckRun look, Duration most) {
            super(look);
            this.index = index;
            this.look = look;
            this.most = most;
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            news.add(this);
            super.run();
        }

        /** In nanoseconds; for ever before it begins. */
        long left() {
            Long since = begun;
            return since == null ? Long.MAX_VALUE : most.toNanos() - (System.nanoTime() - since);
        }

        void reject() {
            setException(new RejectedExecutionException("no thread is free to look"));
        }

        @Override
        protected void done() {
            news.add(this);
        }

        Evidence result() throws InterruptedException {
            try {
                return get();
            } catch (ExecutionException e) {
                return look.without(e.getCause(), most);
            }
        }
    }
}
