// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * One request and its whole answer, bounded in time and size. Another thread reads the socket, as a thread that does so itself can't
 * be interrupted. Redirects are not followed: they could carry a header that authorises to another host.
 */
public final class BoundedCall {
    private final OkHttpClient client;
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
        this.maxBytes = maxBytes;
    }

    /**
     * Waits for the answer to its last byte, or its bound.
     *
     * @param limit for everything from the wait for a free connection to the body's end, above zero
     * @throws TimeoutException it was not there in time; the call is given up
     * @throws InterruptedException the caller was interrupted; the call is given up
     * @throws IOException no connection, or one that broke
     */
    public Reply make(Request request, Duration limit) throws IOException, TimeoutException, InterruptedException {
        Call call = client.newCall(request);
        Answer answer = new Answer(maxBytes);
        call.enqueue(answer);
        try {
            return answer.reply.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("the call failed: " + e.getCause().getClass().getSimpleName(), e.getCause());
        } finally {
            // nothing where it has ended
            call.cancel();
        }
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
