// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.http.Authorization;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusFaultsTest {
    private static final Metric RATE = FakePrometheus.rate("e{track=\"$track\"}", "t{track=\"$track\"}");
    private final MockWebServer server = new MockWebServer();
    private PrometheusSettings settings;

    @BeforeEach
    void start() throws Exception {
        server.start();
        settings = PrometheusSettings.of(server.url("/prom/").uri());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SourceException fault(PrometheusSettings with) {
        Throwable thrown = catchThrowable(() -> new PrometheusSource(with).read(List.of(RATE), at(0), at(5)));
        assertThat(thrown).isInstanceOf(SourceException.class).hasMessageContaining("Prometheus at " + with.host());
        return (SourceException) thrown;
    }

    /** To every question: a batch that fails is asked again in its parts. */
    private void answers(int code, String type, String body) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .code(code)
                        .addHeader("Content-Type", type)
                        .body(body)
                        .build();
            }
        });
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "200|text/html|<html>Sign in</html>|login page",
                "200|application/json|{\"status\":\"succ|no JSON",
                "200|application/json|''|not 'success'",
                "200|application/json|[]|not 'success'",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}|result"
                        + " type is 'string'",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}|not"
                        + " a list",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}|no"
                        + " value",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"x\"]}]}}|not"
                        + " a number",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,2]}]}}|not"
                        + " a time and a number",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":{\"a\":1,\"b\":2}}]}}|not"
                        + " a time and a number",
                "200|application/json|{\"status\":\"success\",\"warnings\":{\"store\":1}}|comes with a warning",
                "200|application/json|{\"status\":\"success\",\"warnings\":[\"store a:"
                        + " unavailable\"],\"data\":{\"resultType\":\"vector\",\"result\":[]}}|store a: unavailable",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[]}]}}|native"
                        + " histogram",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[4102444800,\"1\"]}]}}|from"
                        + " after the time that was asked for",
                "422|application/json|{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"query timed"
                        + " out\"}|execution: query timed out",
                "400|application/json|{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:3: parse"
                        + " error\"}|1:3: parse error",
                "500|text/plain|boom|HTTP 500",
                "503|text/html|<html>|HTTP 503",
                "404|text/plain|nothing here|path prefix",
                "401|text/plain|who?|set valid ones",
                "403|text/plain|no|set valid ones",
            })
    void whatIsNoAnswerIsSaid(int code, String type, String body, String said) {
        answers(code, type, body);
        assertThat(fault(settings)).hasMessageContaining(said);
    }

    @Test
    void theQueryGoesToTheAddressWithItsPrefix() throws Exception {
        answers(500, "text/plain", "");
        fault(settings);
        var request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/prom/api/v1/query");
        // of the look's beginning or its end: both are asked for at once
        assertThat(request.getBody().utf8()).containsPattern("time=176722560[05]\\.000$");
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        answers(200, "application/json", "[" + " ".repeat(2 * 1024 * 1024) + "]");
        assertThat(fault(settings)).hasMessageContaining("more than 1 MiB").hasMessageContaining("narrow the selector");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"https://elsewhere.example:444/login?token=abc", "/graph"})
    void redirectsAreNotFollowed(String location) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", location)
                .build());
        assertThat(fault(settings)).hasMessageContaining("redirects to").hasMessageNotContaining("abc");
        // a look's other queries go out beside the one that is redirected
        for (int i = server.getRequestCount(); i > 0; i--) {
            assertThat(server.takeRequest().getTarget()).isEqualTo("/prom/api/v1/query");
        }
    }

    @Test
    void aHangingServerEndsAtTheTimeout() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        assertThat(fault(settings.withTimeout(Duration.ofMillis(400))))
                .hasMessageContaining("did not answer within 400 ms");
    }

    /** A thread that reads the socket itself would not hear of it before the server says something. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void anInterruptEndsAQueryThatIsNeverAnswered(boolean begun) throws Exception {
        MockResponse.Builder answer = new MockResponse.Builder().body("{}");
        server.enqueue(
                (begun ? answer.bodyDelay(60, TimeUnit.SECONDS) : answer.onResponseStart(SocketEffect.Stall.INSTANCE))
                        .build());
        PrometheusSource source = new PrometheusSource(settings.withTimeout(Duration.ofSeconds(25)));
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                outcome.complete(source.read(List.of(RATE), at(0), at(5)));
            } catch (SourceException | InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        reader.start();
        server.takeRequest();
        reader.interrupt();

        // at the query's own limit it would be another failure
        assertThatThrownBy(() -> outcome.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void anAnswerThatBeginsAndStopsEndsAtTheTimeoutToo() {
        server.enqueue(new MockResponse.Builder()
                .body("{}")
                .bodyDelay(60, TimeUnit.SECONDS)
                .build());
        assertThat(fault(settings.withTimeout(Duration.ofMillis(400))))
                .hasMessageContaining("did not answer within 400 ms");
    }

    @Test
    void aConnectionThatBreaksIsSaid() {
        answersWithDisconnect();
        assertThat(fault(settings)).hasMessageContaining("can't be asked");
    }

    private void answersWithDisconnect() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder()
                    .body("{\"status\":\"success\"}")
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build());
        }
    }

    @Test
    void refusedConnectionsAndUnknownNamesAreSaid() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings = PrometheusSettings.of(URI.create("http://127.0.0.1:" + socket.getLocalPort()));
        }
        assertThat(fault(settings)).hasMessageContaining("is it running");
        assertThat(fault(PrometheusSettings.of(URI.create("http://no-such-host.invalid:9090"))))
                .hasMessageContaining("the name is unknown");
    }

    @Test
    void theSecretIsAskedForAtEachRequestAndNeverPrinted() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        PrometheusSettings with = settings.with(Authorization.bearer(() -> "s3cret-" + asked.incrementAndGet()));
        answers(401, "text/plain", "no");
        answers(401, "text/plain", "no");
        assertHidden(fault(with), "s3cret");
        fault(with);
        // side by side: whichever arrives first
        String first = server.takeRequest().getHeaders().get("Authorization");
        String second = server.takeRequest().getHeaders().get("Authorization");
        assertThat(List.of(first, second)).doesNotHaveDuplicates().allMatch(s -> s.matches("Bearer s3cret-\\d+"));
        assertThat(new PrometheusSource(with) + " " + with).doesNotContain("s3cret");
    }

    @Test
    void aSecretThatCannotStandInAHeaderIsNotQuoted() {
        assertHidden(fault(settings.with(Authorization.bearer(() -> "s3cret\nwith a line\u0000"))), "s3cret");
        assertHidden(
                fault(settings.with(() -> {
                    throw new IllegalStateException("no such credential, was s3cret");
                })),
                "s3cret");
    }

    @Test
    void basicCredentialsAreEncoded() throws Exception {
        answers(401, "text/plain", "no");
        assertHidden(fault(settings.with(Authorization.basic("anna", () -> "pässword"))), "pässword");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic YW5uYTpww6Rzc3dvcmQ=");
    }

    private static void assertHidden(Throwable thrown, String secret) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(secret);
    }

    @Test
    void anInterruptIsHeard() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new PrometheusSource(settings).read(List.of(RATE), at(0), at(5)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ftp://host", "http:", "http://user:pass@host", "http://host/?x=1", "host:9090"})
    void addressesThatAreNoneOrCarrySecretsAreRefused(String url) {
        assertThatThrownBy(() -> PrometheusSettings.of(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pass@");
    }

    @Test
    void theVariantsMustDiffer() {
        assertThatThrownBy(() -> settings.withTracks("a", "a")).hasMessageContaining("same label");
    }
}
