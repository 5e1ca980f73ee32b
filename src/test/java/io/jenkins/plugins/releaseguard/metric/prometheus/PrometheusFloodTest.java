// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A server that wants to fill the controller's memory: it is hung up on, whatever it still has to say. */
class PrometheusFloodTest {
    /** What a server gives at most here: far more than a reader with a limit and the kernel's buffers ever take. */
    private static final long ALL = 256L << 20;

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private final AtomicLong most = new AtomicLong();

    /** @return what is told of a server that begins with the first and repeats the second until it is hung up on */
    private String told(byte[] first, byte[] more, long all) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread door = new Thread(() -> serve(server, first, more, all), "flood");
            door.setDaemon(true);
            door.start();
            PrometheusSettings settings =
                    PrometheusSettings.of(URI.create("http://127.0.0.1:" + server.getLocalPort()));
            Throwable thrown = catchThrowable(() -> new PrometheusSource(settings)
                    .read(List.of(FakePrometheus.rate("e{track=\"$track\"}", "t{track=\"$track\"}")), at(0), at(5)));
            assertThat(thrown).isInstanceOf(SourceException.class);
            return thrown.getMessage();
        }
    }

    private void serve(ServerSocket server, byte[] first, byte[] more, long all) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread one = new Thread(() -> flood(socket, first, more, all), "flood of one");
                one.setDaemon(true);
                one.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void flood(Socket socket, byte[] first, byte[] more, long all) {
        long given = 0;
        try (socket) {
            socket.getInputStream().read(new byte[1 << 16]);
            OutputStream out = socket.getOutputStream();
            out.write(first);
            for (; given < all; given += more.length) {
                out.write(more);
            }
        } catch (IOException hungUp) {
            // what is wanted
        } finally {
            long taken = given;
            most.accumulateAndGet(taken, Math::max);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aStringWithoutEndIsCutOff() throws Exception {
        assertThat(told(bytes(HEAD + "Connection: close\r\n\r\n{\"status\":\""), bytes("x".repeat(1 << 16)), ALL))
                .contains("more than 1 MiB");
        assertThat(most).hasValueLessThan(ALL);
    }

    @Test
    void headersWithoutEndAreCutOff() throws Exception {
        assertThat(told(bytes(HEAD), bytes(("X-More: " + "x".repeat(1000) + "\r\n").repeat(64)), ALL))
                .contains("Prometheus at 127.0.0.1");
        assertThat(most).hasValueLessThan(ALL);
    }

    @Test
    void bracketsInBracketsAreNoJson() throws Exception {
        String body = "[".repeat(100_000);
        assertThat(told(bytes(HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body), new byte[1], 0))
                .contains("no JSON");
    }

    @Test
    void whatUnpacksToMoreIsCountedUnpackedOrNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] spaces = bytes(" ".repeat(1 << 16));
            for (int i = 0; i < 1024; i++) {
                out.write(spaces);
            }
        }
        String head = HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes(head));
        all.write(packed.toByteArray());
        assertThat(told(all.toByteArray(), new byte[1], 0)).containsAnyOf("more than 1 MiB", "no JSON");
    }
}
