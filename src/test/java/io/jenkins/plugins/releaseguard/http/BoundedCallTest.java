// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedCallTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final MockWebServer server = new MockWebServer();
    private final BoundedCall call = new BoundedCall(new OkHttpClient(), 100);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Request request() {
        return new Request.Builder().url(server.url("/a")).build();
    }

    private void silence() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
    }

    private void byteASecond() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(60))
                .throttleBody(1, 1, TimeUnit.SECONDS)
                .build());
    }

    @Test
    void bringsStatusHeadersAndBody() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(418)
                .setHeader("X-A", "b")
                .body("tea")
                .build());
        Reply reply = call.make(request(), LONG);

        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).asString().isEqualTo("tea");
        assertThat(reply.truncated()).isFalse();
        assertThat(reply.header("x-a", "")).isEqualTo("b");
        assertThat(reply.header("X-B", "none")).isEqualTo("none");
        assertThat(reply.target()).isNull();
    }

    @Test
    void aBodyEndsAtItsBound() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(101)).build());
        server.enqueue(new MockResponse.Builder().body("x".repeat(100)).build());

        Reply longer = call.make(request(), LONG);
        assertThat(longer.truncated()).isTrue();
        assertThat(longer.body()).hasSize(100);
        assertThat(call.make(request(), LONG).truncated()).isFalse();
    }

    @Test
    void redirectsAreShownAndNotFollowed() throws Exception {
        server.enqueue(
                new MockResponse.Builder().code(302).setHeader("Location", "/b").build());
        Reply reply = call.make(request(), LONG);

        assertThat(reply.isRedirect()).isTrue();
        assertThat(reply.target()).isEqualTo(server.url("/b"));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void silenceAndTricklingEndAtTheLimit() {
        silence();
        assertThatThrownBy(() -> call.make(request(), SHORT)).isInstanceOf(TimeoutException.class);
        byteASecond();
        assertThatThrownBy(() -> call.make(request(), SHORT)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void silenceAndTricklingEndAtOnceWhereTheCallerIsInterrupted() throws Exception {
        silence();
        byteASecond();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Reply> outcome = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    outcome.complete(call.make(request(), LONG));
                } catch (IOException | TimeoutException | InterruptedException e) {
                    outcome.completeExceptionally(e);
                }
            });
            caller.start();
            server.takeRequest();
            caller.interrupt();

            // at the call's own limit it would be another failure
            assertThatThrownBy(() -> outcome.get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    /** OkHttp's own ten seconds between two bytes ended calls that were given thirty. */
    @Test
    void onlyTheCallsOwnLimitCounts() throws Exception {
        BoundedCall impatient = new BoundedCall(
                new OkHttpClient.Builder().readTimeout(Duration.ofMillis(50)).build(), 100);
        server.enqueue(new MockResponse.Builder()
                .headersDelay(500, TimeUnit.MILLISECONDS)
                .body("late")
                .build());

        assertThat(impatient.make(request(), LONG).body()).asString().isEqualTo("late");
    }

    @Test
    void aConnectionThatBreaksIsAFailure() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(50))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        assertThatThrownBy(() -> call.make(request(), LONG)).isInstanceOf(IOException.class);
    }
}
