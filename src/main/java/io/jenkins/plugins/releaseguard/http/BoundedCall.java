// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.async.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * One request and its whole answer, bounded in time and size. No thread waits for it, but for calls that only OkHttp can make, such
 * as through a proxy: few of those are made at once. Redirects are not followed: they could carry a header that authorises to another host.
 */
public final class BoundedCall {
    /** As many queries as a Prometheus evaluates at once. */
    private static final Turns DIRECT = new Turns(Integer.MAX_VALUE, 20, NetThreads.ANSWERS);

    /** Each of these holds a thread. */
    private static final Turns HELD = new Turns(6, 2, NetThreads.ANSWERS);

    private static final Duration LOOK_UP = Duration.ofSeconds(10);

    private final OkHttpClient client;

    /** The same for calls that hold a thread, which no look-up may keep. */
    private final OkHttpClient holding;

    private final long maxBytes;

    /**
     * @param base whose connections, threads and proxy are used; its limits on reading and writing are not: a call's own limit is
     * @param maxBytes how much of a body is read
     */
    public BoundedCall(OkHttpClient base, long maxBytes) {
        this.client = base.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .build();
        this.holding = base.dns() == SharedClient.get().dns()
                ? client.newBuilder().dns(BoundedCall::look).build()
                : client;
        this.maxBytes = maxBytes;
    }

    /**
     * Waits for the answer to its last byte, or its bound.
     *
     * @param limit for everything from the look-up of the host's name to the body's end, above zero
     * @throws TimeoutException it was not there in time; the call is given up
     * @throws InterruptedException the caller was interrupted; the call is given up
     * @throws IOException no connection, or one that broke
     */
    public Reply make(Request request, Duration limit) throws IOException, TimeoutException, InterruptedException {
        try {
            return Scope.await(start(request, limit));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw new IOException("the call failed: " + e.getCause().getClass().getSimpleName(), e.getCause());
        }
    }

    /**
     * The same as a call that nobody waits for.
     *
     * @param limit as for {@link #make}; waits in our own queues, for the host's turn and for its look-up's, are not counted
     * @return fails as {@link #make} does; cancelled, the call is given up and its connection closed
     */
    public CompletableFuture<Reply> start(Request request, Duration limit) {
        long nanos = limit.toNanos();
        String host = host(request);
        Scope scope = new Scope();
        if (!DirectCalls.fit(client, request)) {
            AtomicLong began = new AtomicLong();
            return scope.answer(scope.start(() -> HELD.call(host, () -> {
                        began.set(System.nanoTime());
                        return held(request, nanos);
                    }))
                    .thenApply(reply -> reply.since(began.get())));
        }
        return scope.answer(scope.start(() -> DIRECT.call(host, () -> direct(request, nanos))));
    }

    private CompletableFuture<Reply> direct(Request request, long nanos) {
        Names.Asked name = Names.SHARED.ask(request.url().uri().getHost());
        Scope scope = new Scope();
        return scope.answer(scope.add(name.begun()).thenCompose(begun -> {
            long began = System.nanoTime();
            long end = began + nanos;
            return scope.start(() -> name.found().orTimeout(nanos, TimeUnit.NANOSECONDS))
                    .thenComposeAsync(found -> scope.start(() -> send(request, found, end)), NetThreads.ANSWERS)
                    .thenApply(reply -> reply.since(began));
        }));
    }

    private CompletableFuture<Reply> send(Request request, Names.Found found, long end) {
        if (found.kept()) {
            // Java's client would look the name up itself
            return inTheRest(request, end);
        }
        Scope scope = new Scope();
        return scope.answer(scope.add(DirectCalls.make(request, maxBytes)
                        .orTimeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS))
                // Java's client knows only a host's first address; nothing has been sent
                .exceptionallyCompose(error -> found.addresses().size() > 1 && DirectCalls.foundNobody(error)
                        ? scope.start(() -> inTheRest(request, end))
                        : CompletableFuture.failedFuture(error)));
    }

    private CompletableFuture<Reply> inTheRest(Request request, long end) {
        long left = end - System.nanoTime();
        return left > 0
                ? HELD.call(host(request), () -> held(request, left))
                : CompletableFuture.failedFuture(new TimeoutException());
    }

    private static List<InetAddress> look(String host) throws UnknownHostException {
        UnknownHostException unknown = new UnknownHostException("the name '" + host + "' was not found");
        try {
            return Names.SHARED.find(host).get(LOOK_UP.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            unknown.initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unknown.initCause(e);
        }
        throw unknown;
    }

    private static String host(Request request) {
        return request.url().host() + ':' + request.url().port();
    }

    private CompletableFuture<Reply> held(Request request, long nanos) {
        Call call = holding.newCall(request);
        Answer answer = new Answer(maxBytes);
        answer.reply.orTimeout(nanos, TimeUnit.NANOSECONDS);
        // nothing where it has ended
        answer.reply.whenComplete((reply, error) -> call.cancel());
        call.enqueue(answer);
        return answer.reply;
    }

    private record Answer(CompletableFuture<Reply> reply, long maxBytes) implements Callback {
        Answer(long maxBytes) {
            this(new CompletableFuture<>(), maxBytes);
        }

        @Override
        public void onFailure(Call call, IOException e) {
            reply.completeExceptionally(e);
        }

        @Override
        public void onResponse(Call call, Response response) {
            try (response) {
                BufferedSource source = response.body().source();
                boolean more = source.request(maxBytes + 1);
                byte[] body = source.readByteArray(
                        Math.min(maxBytes, source.getBuffer().size()));
                reply.complete(new Reply(response.request().url(), response.code(), response.headers(), body, more));
            } catch (IOException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        }
    }
}
