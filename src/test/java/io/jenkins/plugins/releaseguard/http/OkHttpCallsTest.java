// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpCallsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TOKEN = "Bearer s3cret";

    private final MockWebServer server = new MockWebServer();
    private final MockWebServer other = new MockWebServer();
    private OkHttpCalls calls;

    @BeforeEach
    void start() throws IOException {
        server.start();
        other.start();
        calls = new OkHttpCalls(
                new OkHttpClient(),
                new AllowedAddresses(List.of(server.url("/open").toString())),
                id -> id.equals("tracker")
                        ? Optional.of(new Endpoint(server.url("/api").toString(), () -> Map.of("Authorization", TOKEN)))
                        : Optional.empty(),
                1000);
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private static MockResponse redirect(String to) {
        return new MockResponse.Builder().code(302).setHeader("Location", to).build();
    }

    private HttpCall get(String path) {
        return HttpCall.get(server.url(path).toString(), LONG);
    }

    private static HttpCall endpoint(String path) {
        return new HttpCall("GET", "tracker", path, Map.of(), null, LONG);
    }

    /** Twenty calls to one host go at once; what the next waits for its turn is no slowness of the host. */
    @Test
    void timeInOurOwnQueueIsNotTheHosts() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getTarget().endsWith("held")) {
                    held.await(30, TimeUnit.SECONDS);
                }
                return answer(200, "");
            }
        });
        List<CompletableFuture<HttpResult>> before = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            before.add(calls.callAsync(get("/open/held"), Runnable::run));
        }
        for (int i = 0; i < 20; i++) {
            server.takeRequest();
        }
        CompletableFuture<HttpResult> next = calls.callAsync(get("/open/next"), Runnable::run);
        assertThat(server.takeRequest(300, TimeUnit.MILLISECONDS)).isNull();
        long released = System.nanoTime();
        held.countDown();

        Duration took = next.get(30, TimeUnit.SECONDS).took();
        assertThat(took).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - released));
        for (CompletableFuture<HttpResult> one : before) {
            assertThat(one.get(30, TimeUnit.SECONDS).took()).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void callsWhatIsAllowed() throws Exception {
        server.enqueue(answer(503, "down"));
        HttpResult result = calls.call(get("/open/health?deep=1"));

        assertThat(result.status()).isEqualTo(503);
        assertThat(result.text()).isEqualTo("down");
        assertThat(result.truncated()).isFalse();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/open/health?deep=1");
    }

    /** Whoever decodes the path on its way, once, twice or not at all: it stays below where the endpoint or the list ends. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "../admin",
                "..%2fadmin",
                "..;/admin",
                "%2e%2e/admin",
                "%252e%252e/admin",
                "a/..%5c..%5cadmin",
                "..\\admin",
                "x/%2e%2e%2f%2e%2e%2fadmin",
                "%c0%ae%c0%ae/admin",
                "a;/../admin",
                "./../admin",
                "a%00/../b"
            })
    void noPathLeadsOut(String path) {
        assertThatThrownBy(() -> calls.call(endpoint(path))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> calls.call(HttpCall.get(server.url("/open/") + path, LONG)))
                .isInstanceOf(IOException.class);
        assertThat(server.getRequestCount()).isZero();
    }

    /** H13: contracts called any path by any method with an endpoint's credentials. */
    @ParameterizedTest(name = "{2} {3} of {0} at {1}")
    @CsvSource({
        "'', '', GET, any/thing, true",
        "'', '', HEAD, '', true",
        "'', '', POST, '', false",
        "'', '', DELETE, any/thing, false",
        "POST, '', POST, '', true",
        "POST, '', POST, admin, false",
        "POST, '', GET, '', false",
        "'', issues/*, GET, issues/1?x=/admin, true",
        "'', issues/*, GET, /issues/1, true",
        "'', issues/*, GET, issues/1/delete, false",
        "'', issues/*, GET, issues, false",
        "'', issues/*, GET, '', false",
        "'', /issues/**, GET, issues/1/2, true",
        "'', issues/**, GET, Issues/1, false",
        "'', open, GET, %6fpen, true",
        "'', open, GET, %256fpen, false",
        "'', open, GET, open/, false",
        "'', open, GET, admin?/open, false",
        "'post, put', flags/*, PUT, flags/new%20cart, true",
    })
    void anEndpointIsCalledAsItIsSetUp(String methods, String paths, String method, String path, boolean called)
            throws Exception {
        EndpointBounds bounds = new EndpointBounds(
                Stream.of(methods.split(", ")).filter(m -> !m.isEmpty()).toList(),
                Stream.of(paths).filter(p -> !p.isEmpty()).toList());
        Endpoint endpoint = new Endpoint(server.url("/api").toString(), () -> Map.of("Authorization", TOKEN), bounds);
        OkHttpCalls bounded =
                new OkHttpCalls(new OkHttpClient(), new AllowedAddresses(List.of()), id -> Optional.of(endpoint), 1000);
        HttpCall call = new HttpCall(method, "tracker", path, Map.of(), null, LONG);
        assertThat(endpoint.refusal(method, path).isEmpty())
                .as("what is told before")
                .isEqualTo(called);
        if (called) {
            server.enqueue(answer(200, "fine"));
            assertThat(bounded.call(call).status()).isEqualTo(200);
        } else {
            assertThatThrownBy(() -> bounded.call(call))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the endpoint 'tracker' is set up ");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    void noRedirectLeadsToAPathThatIsNotSetUp() throws Exception {
        Endpoint endpoint = new Endpoint(
                server.url("/api").toString(), Map::of, new EndpointBounds(List.of("GET"), List.of("open")));
        server.enqueue(redirect("/api/admin"));
        OkHttpCalls bounded =
                new OkHttpCalls(new OkHttpClient(), new AllowedAddresses(List.of()), id -> Optional.of(endpoint), 1000);
        assertThatThrownBy(() -> bounded.call(endpoint("open")))
                .hasMessageContaining("is set up for the paths open, and this is 'admin'");
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/api/..%2fadmin", "/api/..;/admin", "/api/%252e%252e/admin"})
    void noRedirectLeadsOut(String to) {
        server.enqueue(redirect(to));
        assertThatThrownBy(() -> calls.call(endpoint("x"))).hasMessageContaining("lead out");
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Host, a.example", "Connection, upgrade", "transfer_encoding, chunked", "Content-Length, 5", "TE, trailers",
        "Upgrade, h2c", "Proxy-Authorization, x", "X-Forwarded-For, 127.0.0.1", "Forwarded, for=x",
                "X-Original-URL, /admin",
        "'X: y', x", "X-Team, 'a\u0001b'", "X-Team, é"
    })
    void aCallsHeadersSteerNothing(String name, String value) {
        HttpCall call = new HttpCall("GET", "tracker", "x", Map.of(name, value), null, LONG);
        assertThatThrownBy(() -> calls.call(call)).hasMessageContaining("header");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void whatIsNotAllowedIsNeverCalled() {
        for (String url : List.of(
                server.url("/opened").toString(),
                server.url("/open/../admin").toString(),
                server.url("/open/%2e%2e/admin").toString(),
                other.url("/open").toString(),
                server.url("/open").toString().replace("http:", "https:"),
                "file:///etc/passwd",
                "http://169.254.169.254/latest",
                "gopher://x")) {
            assertThatThrownBy(() -> calls.call(HttpCall.get(url, LONG)))
                    .as(url)
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.getRequestCount() + other.getRequestCount()).isZero();
    }

    @Test
    void credentialsInAnAddressAreRefusedAndNotRepeated() {
        String url = server.url("/open")
                .newBuilder()
                .username("ada")
                .password("s3cret")
                .build()
                .toString();

        assertThatThrownBy(() -> calls.call(HttpCall.get(url, LONG)))
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anEndpointBringsItsHeadersAndNobodyReplacesThem() throws Exception {
        server.enqueue(answer(200, "{}"));
        calls.call(new HttpCall(
                "POST", "tracker", "/items/1", Map.of("Authorization", "mine", "X-A", "b"), "{\"a\":1}", LONG));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/api/items/1");
        assertThat(request.getHeaders().values("Authorization")).containsExactly(TOKEN);
        assertThat(request.getHeaders().get("X-A")).isEqualTo("b");
        assertThat(request.getBody().utf8()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aPathCannotLeaveItsEndpoint() {
        for (String path : List.of("../admin", "/../admin", "a/../../admin", "%2e%2e/admin", "..\\admin")) {
            assertThatThrownBy(() -> calls.call(endpoint(path))).as(path).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> calls.call(new HttpCall("GET", "nobody", "", Map.of(), null, LONG)))
                .hasMessageContaining("no endpoint 'nobody'");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anAddressAsPathStaysBelowItsEndpoint() throws Exception {
        for (String path : List.of("//evil.example.com/", "http://evil.example.com/")) {
            server.enqueue(answer(200, ""));
            calls.call(endpoint(path));
            assertThat(server.takeRequest().getTarget()).startsWith("/api/");
        }
    }

    @Test
    void redirectsOnlyOnTheSameHost() throws Exception {
        server.enqueue(redirect("/open/there"));
        server.enqueue(answer(200, "here"));
        assertThat(calls.call(get("/open/here")).text()).isEqualTo("here");

        server.enqueue(redirect(other.url("/open").toString()));
        assertThatThrownBy(() -> calls.call(get("/open"))).hasMessageContaining("redirects to another host");
        server.enqueue(redirect("/admin"));
        assertThatThrownBy(() -> calls.call(get("/open"))).isInstanceOf(IOException.class);
        server.enqueue(redirect("/admin"));
        assertThatThrownBy(() -> calls.call(endpoint("x"))).hasMessageContaining("out of the endpoint");
        server.enqueue(redirect(other.url("/api").toString()));
        assertThatThrownBy(() -> calls.call(endpoint("x")))
                .hasMessageContaining("another host")
                .hasMessageNotContaining("s3cret");
        assertThat(other.getRequestCount()).isZero();
    }

    @Test
    void redirectsEnd() {
        for (int i = 0; i < 10; i++) {
            server.enqueue(redirect("/open"));
        }
        assertThatThrownBy(() -> calls.call(get("/open")))
                .message()
                .endsWith("/open: redirects more than 5 times")
                .containsOnlyOnce("/open");
        assertThat(server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void aLongBodyIsCutAndSaidSo() throws Exception {
        server.enqueue(answer(200, "x".repeat(1001)));
        server.enqueue(answer(200, "x".repeat(1000)));

        HttpResult cut = calls.call(get("/open"));
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.body()).hasSize(1000);
        assertThat(calls.call(get("/open")).truncated()).isFalse();
    }

    @Test
    void silenceEndsAtTheLimit() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThatThrownBy(() ->
                        calls.call(HttpCall.get(server.url("/open?token=a").toString(), Duration.ofMillis(200))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer within 200 ms")
                .hasMessageNotContaining("token");
    }

    @Test
    void interruptionIsInterruption() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                calls.call(get("/open"));
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (IOException e) {
                // the latch tells
            }
        });
        caller.start();
        server.takeRequest();
        caller.interrupt();

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** What is found in an answer stands in reports: a server that says its header back must not bring the secret there. */
    @Test
    void anAnswerThatSaysTheSecretBackIsMasked() throws Exception {
        String login = Authorization.basic("robot", () -> "pässw0rd-0815").header();
        OkHttpCalls asRobot = new OkHttpCalls(
                new OkHttpClient(),
                new AllowedAddresses(List.of()),
                id -> Optional.of(new Endpoint(server.url("/api").toString(), () -> Map.of("Authorization", login))),
                1000);
        server.enqueue(answer(200, "{\"you\": \"" + login + "\", \"with\": \"p\\u00e4ssw0rd-0815\"}"));

        assertThat(asRobot.call(endpoint("x")).text()).isEqualTo("{\"you\": \"Basic ****\", \"with\": \"****\"}");
        assertThat(Authorization.secrets(login)).contains("pässw0rd-0815").hasSize(2);
        assertThat(Authorization.secrets(null)).isEmpty();
        assertThat(Authorization.secrets("Basic ???")).containsExactly("???");
    }

    @Test
    void textsKeepSecretsToThemselves() {
        assertThat(HttpCall.get("https://ada:s3cret@a.example/b/@c?key=s3cret#s3cret", LONG))
                .hasToString("GET https://a.example/b/@c");
        assertThat(HttpCall.get("/b/@c", LONG)).hasToString("GET /b/@c");
        assertThat(new Endpoint("https://a", () -> Map.of("Authorization", TOKEN)).toString())
                .doesNotContain("s3cret");
        assertThat(HttpCall.get("https://a/b?key=s3cret", LONG).toString()).doesNotContain("s3cret");
    }
}
