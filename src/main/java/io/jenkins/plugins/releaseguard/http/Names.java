// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks hosts up, which blocks and can't be interrupted, on few threads of their own and once for all who wait. Java itself keeps an
 * answer for 30 seconds: whoever connects right behind a look-up has it without another.
 */
public final class Names {
    /** The names of one process. */
    public static final Names SHARED = new Names(NetThreads.pool(2, "names"));

    private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();
    private static final int MOST_KEPT = 1000;

    private final Executor executor;
    private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    Names(Executor executor) {
        this.executor = executor;
    }

    private record Found(List<InetAddress> addresses, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    /** A host's addresses, in the order to try; fails with an {@link java.net.UnknownHostException}. Cancelling it stops no look-up. */
    public CompletableFuture<List<InetAddress>> find(String host) {
        Found known = found.get(host);
        if (known != null && known.isFresh()) {
            return CompletableFuture.completedFuture(known.addresses());
        }
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> others = asked.putIfAbsent(host, mine);
        if (others != null) {
            return others.copy();
        }
        try {
            executor.execute(() -> look(host, mine));
        } catch (RuntimeException | OutOfMemoryError e) {
            asked.remove(host, mine);
            mine.completeExceptionally(e);
        }
        return mine.copy();
    }

    private void look(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
            if (found.size() >= MOST_KEPT) {
                found.values().removeIf(f -> !f.isFresh());
            }
            found.put(host, new Found(addresses, System.nanoTime()));
            asked.remove(host, answer);
            answer.complete(addresses);
        } catch (Exception | Error e) {
            asked.remove(host, answer);
            answer.completeExceptionally(e);
        }
    }
}
