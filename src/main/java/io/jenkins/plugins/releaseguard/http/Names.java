// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.async.Bulkheads;
import io.jenkins.plugins.releaseguard.async.DaemonThreads;
import io.jenkins.plugins.releaseguard.async.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Looks hosts up, which blocks and can't be interrupted, on threads of their own and once for all who wait. A look-up that hangs holds
 * one thread and nobody else's, and the host is called at its last known addresses meanwhile.
 */
public final class Names {
    /** Look-ups that are slow count no more among those at once. */
    private static final int AT_ONCE = 1;

    private static final int THREADS = 16;
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final Duration HANGS = Duration.ofSeconds(1);

    /** The names of one process. */
    public static final Names SHARED = new Names(
            new Bulkheads(AT_ONCE, THREADS, SLOW, DaemonThreads.pool(Names::threads, "names"), NetThreads::later),
            InetAddress::getAllByName,
            NetThreads::later);

    private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();

    /** So long a host waits for its turn at most, where {@link #THREADS} others hang. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private static final int MOST_KEPT = 1000;

    /** What is an address already. */
    private static final Pattern NUMERIC =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*]?");

    private final Bulkheads threads;
    private final LookUp lookUp;
    private final Bulkheads.Later later;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    private static int threads() {
        return SHARED.threads.needed();
    }

    /** How a name is looked up. */
    interface LookUp {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    Names(Bulkheads threads, LookUp lookUp, Bulkheads.Later later) {
        this.threads = threads;
        this.lookUp = lookUp;
        this.later = later;
    }

    /**
     * A host's addresses.
     *
     * @param addresses in the order to try
     * @param kept of an earlier look-up, since this one hangs: whoever looks the name up again hangs as well
     * @param at when they were found, in {@link System#nanoTime}
     */
    record Found(List<InetAddress> addresses, boolean kept, long at) {
        private boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    /**
     * A look-up.
     *
     * @param begun completed when it has left our own queue; fails with an {@link IOException} where it never will
     * @param found fails with an {@link UnknownHostException}, or as {@code begun} does
     */
    record Asked(CompletableFuture<Void> begun, CompletableFuture<Found> found) {
        Asked() {
            this(new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    /**
     * A host's addresses, in the order to try, no older than 20 seconds unless its look-up hangs.
     *
     * @return fails with an {@link UnknownHostException}, or another {@link IOException} where so many look-ups hang that it can't be
     *     had. Cancelling it stops no look-up.
     */
    public CompletableFuture<List<InetAddress>> find(String host) {
        Found known = found.get(host);
        if (known != null && known.isFresh()) {
            return CompletableFuture.completedFuture(known.addresses());
        }
        return ask(host).found().thenApply(Found::addresses);
    }

    /**
     * Has a host looked up anew, as far as Java itself does: it keeps an answer for 30 seconds. Whoever connects by the name right behind
     * it has the answer without another look-up. Cancelling what is returned stops no look-up.
     */
    Asked ask(String host) {
        Asked mine = new Asked();
        Asked others = asked.putIfAbsent(host, mine);
        if (others == null) {
            begin(host, mine);
        }
        Asked pending = others == null ? mine : others;
        Found known = found.get(host);
        if (known == null) {
            return new Asked(pending.begun().copy(), pending.found().copy());
        }
        Found kept = new Found(known.addresses(), true, known.at());
        return new Asked(
                pending.begun().exceptionally(never -> null),
                pending.found()
                        .copy()
                        .completeOnTimeout(kept, HANGS.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionallyCompose(error -> Scope.cause(error) instanceof UnknownHostException
                                ? CompletableFuture.failedFuture(error)
                                : CompletableFuture.completedFuture(kept)));
    }

    private void begin(String host, Asked mine) {
        if (NUMERIC.matcher(host).matches()) {
            mine.begun().complete(null);
            look(host, mine);
            return;
        }
        Runnable inTime = later.run(TURN, () -> refuse(host, mine, null));
        mine.begun().whenComplete((begun, error) -> inTime.run());
        try {
            threads.execute(host, () -> {
                if (mine.begun().complete(null)) {
                    look(host, mine);
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            refuse(host, mine, e);
        }
    }

    private void refuse(String host, Asked mine, Throwable cause) {
        IOException error = new IOException("its name can't be looked up now: too many look-ups hang", cause);
        if (mine.begun().completeExceptionally(error)) {
            asked.remove(host, mine);
            mine.found().completeExceptionally(error);
        }
    }

    private void look(String host, Asked mine) {
        try {
            Found answer = new Found(List.of(lookUp.of(host)), false, System.nanoTime());
            if (found.size() >= MOST_KEPT) {
                found.values().removeIf(f -> !f.isFresh());
            }
            found.put(host, answer);
            asked.remove(host, mine);
            mine.found().complete(answer);
        } catch (Exception | Error e) {
            asked.remove(host, mine);
            mine.found().completeExceptionally(e);
        }
    }
}
