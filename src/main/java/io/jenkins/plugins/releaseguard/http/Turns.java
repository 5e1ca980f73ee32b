// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How many calls run at once, in all and to one host. The rest wait in our own queue, where no call's time runs yet. */
public final class Turns {
    private final int most;
    private final int mostAHost;
    private final Executor executor;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int running;

    /** @param executor starts what has waited */
    public Turns(int most, int mostAHost, Executor executor) {
        this.most = most;
        this.mostAHost = mostAHost;
        this.executor = executor;
    }

    private static final class Line {
        private int running;
        private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    }

    private record Waiting<T>(String host, Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer) {}

    /** Makes a call when its turn comes; cancelled before, it is never made. */
    public <T> CompletableFuture<T> call(String host, Supplier<CompletableFuture<T>> call) {
        Waiting<T> waiting = new Waiting<>(host, call, new CompletableFuture<>());
        if (enter(waiting)) {
            start(waiting);
        }
        return waiting.answer();
    }

    private synchronized boolean enter(Waiting<?> waiting) {
        Line line = lines.computeIfAbsent(waiting.host(), h -> new Line());
        if (running < most && line.running < mostAHost) {
            running++;
            line.running++;
            return true;
        }
        line.waiting.add(waiting);
        waiting.answer().whenComplete((answer, error) -> leave(waiting));
        return false;
    }

    /** Who was given up takes no turn. */
    private synchronized void leave(Waiting<?> waiting) {
        Line line = lines.get(waiting.host());
        if (line != null) {
            line.waiting.remove(waiting);
            if (line.running == 0 && line.waiting.isEmpty()) {
                lines.remove(waiting.host());
            }
        }
    }

    private <T> void start(Waiting<T> waiting) {
        CompletableFuture<T> call;
        try {
            call = waiting.answer().isDone()
                    ? CompletableFuture.completedFuture(null)
                    : waiting.call().get();
        } catch (RuntimeException | Error e) {
            call = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> made = call;
        waiting.answer().whenComplete((answer, error) -> made.cancel(true));
        made.whenComplete((answer, error) -> {
            ended(waiting.host());
            if (error == null) {
                waiting.answer().complete(answer);
            } else {
                waiting.answer().completeExceptionally(error);
            }
        });
    }

    private void ended(String host) {
        Waiting<?> next = next(host);
        if (next != null) {
            try {
                executor.execute(() -> start(next));
            } catch (RuntimeException | OutOfMemoryError e) {
                // no thread: a turn that is lost would never come back
                start(next);
            }
        }
    }

    private synchronized Waiting<?> next(String host) {
        running--;
        Line line = lines.remove(host);
        line.running--;
        if (line.running > 0 || !line.waiting.isEmpty()) {
            // behind the others: whoever has just had a turn is asked last
            lines.put(host, line);
        }
        for (Line other : lines.values()) {
            if (other.running < mostAHost && !other.waiting.isEmpty()) {
                running++;
                other.running++;
                return other.waiting.poll();
            }
        }
        return null;
    }
}
