// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** C1, M1: whoever hangs holds a connection and nothing else. */
class CallsWithoutThreadsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final BoundedCall call = new BoundedCall(new OkHttpClient(), 100);
    private final List<ServerSocket> silent = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (ServerSocket server : silent) {
            server.close();
        }
    }

    private ServerSocket silent() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        silent.add(server);
        return server;
    }

    private CompletableFuture<Reply> ask(ServerSocket server) {
        return call.start(
                new Request.Builder()
                        .url("http://127.0.0.1:" + server.getLocalPort() + "/")
                        .build(),
                LONG);
    }

    /** Of a client that waits, and only those: a thread a call was what OkHttp took. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("release-guard-http-")
                        || name.startsWith("HttpClient-")
                        || name.startsWith("OkHttp http://127.0.0.1"))
                .toList();
    }

    @Test
    void fiftyHangingCallsHaveAHandfulOfThreadsAndFreeTheirConnections() throws Exception {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ServerSocket server = silent();
            for (int j = 0; j < 10; j++) {
                calls.add(ask(server));
            }
            for (int j = 0; j < 10; j++) {
                Socket socket = server.accept();
                assertThat(socket.getInputStream().read()).isEqualTo('G');
                open.add(socket);
            }
        }
        assertThat(open).hasSize(50);
        assertThat(threads()).hasSizeLessThanOrEqualTo(5);

        calls.forEach(call -> call.cancel(true));
        for (Socket socket : open) {
            // reads until the other side has closed
            socket.getInputStream().readAllBytes();
            socket.close();
        }
    }

    @Test
    void aHostThatHangsHoldsUpNoOther() throws Exception {
        ServerSocket hangs = silent();
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(ask(hangs));
        }
        ServerSocket answers = silent();
        CompletableFuture<Reply> other = ask(answers);
        try (Socket socket = answers.accept()) {
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(other.get().status()).isEqualTo(204);
        }
        calls.forEach(call -> call.cancel(true));
    }
}
