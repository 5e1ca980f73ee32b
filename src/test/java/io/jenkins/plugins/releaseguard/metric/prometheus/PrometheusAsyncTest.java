// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** C1, M1: looks hold no thread, and what a look asks goes out side by side. */
class PrometheusAsyncTest {
    private static final Metric RATE = FakePrometheus.rate("e{track=\"$track\"}", "t{track=\"$track\"}");

    /** The same by conditions that no query has in common. */
    private static final Metric APART = FakePrometheus.rate("e{track=~\"$track.*\"}", "t{job=~\"$track.*\"}");

    /** Errors and total of both variants, each at the look's beginning and over the look. */
    private static final int QUERIES = 8;

    private static final Executor NONE = task -> {
        throw new RejectedExecutionException("no thread is to be had");
    };

    @Test
    void aSlowQueryCostsALookItsOwnTimeOnly() throws Exception {
        try (FakePrometheus prometheus = new FakePrometheus()) {
            for (String track : List.of("canary", "baseline")) {
                prometheus.store(0, 10, "t", "job", track);
                prometheus.store(5, 30, "t", "job", track);
                prometheus.store(0, 1, "e", "track", track);
                prometheus.store(5, 2, "e", "track", track);
            }
            // none is answered before all have been asked
            CountDownLatch asked = new CountDownLatch(QUERIES);
            Dispatcher answers = prometheus.server.getDispatcher();
            prometheus.server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                    asked.countDown();
                    return asked.await(1, TimeUnit.MINUTES)
                            ? answers.dispatch(request)
                            : new MockResponse.Builder().code(500).build();
                }
            });
            PrometheusSource source = new PrometheusSource(prometheus.settings().withTimeout(Duration.ofMinutes(2)));

            assertThat(source.readAsync(List.of(APART), at(0), at(5), NONE).get())
                    .containsExactly(Event.Sample.rate("MON-001", 1, 20, 1, 20));
            assertThat(prometheus.asked).hasSize(QUERIES);
        }
    }

    @Test
    void fiftyLooksAtSourcesThatHangHaveAHandfulOfThreads() throws Exception {
        List<ServerSocket> silent = new ArrayList<>();
        List<CompletableFuture<List<Event.Sample>>> looks = new ArrayList<>();
        List<Socket> open = new ArrayList<>();
        // another class may have left some that end in their own time
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 5; i++) {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            silent.add(server);
            PrometheusSettings settings =
                    PrometheusSettings.of(URI.create("http://127.0.0.1:" + server.getLocalPort()));
            for (int j = 0; j < 10; j++) {
                looks.add(new PrometheusSource(settings.withTimeout(Duration.ofMinutes(5)))
                        .readAsync(List.of(RATE), at(0), at(5), NONE));
            }
            Socket socket = server.accept();
            assertThat(socket.getInputStream().read()).isEqualTo('P');
            open.add(socket);
        }
        assertThat(threadsBeside(before)).hasSizeLessThanOrEqualTo(5);
        assertThat(looks).noneMatch(CompletableFuture::isDone);

        looks.forEach(look -> look.cancel(true));
        for (Socket socket : open) {
            // reads until the other side has closed
            socket.getInputStream().readAllBytes();
            socket.close();
        }
        for (ServerSocket server : silent) {
            server.close();
        }
    }

    private static List<String> threadsBeside(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("release-guard-")
                        || name.startsWith("HttpClient-")
                        || name.startsWith("OkHttp http://127.0.0.1"))
                .toList();
    }

    @Test
    void aQueryThatFailsFailsTheLookBeforeTheOthersAreAnswered() throws IOException {
        try (FakePrometheus prometheus = new FakePrometheus()) {
            CountDownLatch over = new CountDownLatch(1);
            prometheus.server.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                    if (!request.getBody().utf8().contains("query=e")) {
                        over.await();
                    }
                    return new MockResponse.Builder().code(503).build();
                }
            });
            PrometheusSource source = new PrometheusSource(prometheus.settings().withTimeout(Duration.ofMinutes(5)));
            assertThatThrownBy(() ->
                            source.readAsync(List.of(APART), at(0), at(5), NONE).get())
                    .hasCauseInstanceOf(SourceException.class)
                    .hasMessageContaining("HTTP 503");
            over.countDown();
        }
    }
}
