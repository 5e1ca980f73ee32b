// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/** Waits for an answer so that the waiting can be interrupted: a thread that reads a socket itself cannot. */
final class Answering implements Callback {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final long maxBytes;

    Answering(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Answer get() throws IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("the call failed: " + e.getCause().getClass().getSimpleName(), e.getCause());
        }
    }

    @Override
    public void onFailure(Call call, IOException e) {
        answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
        try (response) {
            answer.complete(new Answer(next(response), result(response)));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Only what can be repeated is followed. */
    private static HttpUrl next(Response response) {
        Request request = response.request();
        String location = response.header("Location");
        boolean repeatable = request.method().equals("GET") || request.method().equals("HEAD");
        return response.isRedirect() && repeatable && location != null
                ? request.url().resolve(location)
                : null;
    }

    private HttpResult result(Response response) throws IOException {
        BufferedSource source = response.body().source();
        boolean more = source.request(maxBytes + 1);
        byte[] body = source.readByteArray(Math.min(maxBytes, source.getBuffer().size()));
        return new HttpResult(response.code(), response.header("Content-Type", ""), body, more, Duration.ZERO);
    }
}
