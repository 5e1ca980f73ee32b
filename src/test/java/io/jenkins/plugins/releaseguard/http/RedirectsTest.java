// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No redirect carries what authorises to another host, port or scheme, whichever client asks. */
class RedirectsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, String> SECRET =
            Map.of("Authorization", "Bearer s3cret-token-1", "Cookie", "session=s3cret-2", "X-Api-Key", "s3cret-key-3");

    private final MockWebServer server = new MockWebServer();
    private final MockWebServer other = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        other.start();
        other.setDispatcher(always(new MockResponse.Builder().code(200).build()));
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private static Dispatcher always(MockResponse answer) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer;
            }
        };
    }

    static Stream<Arguments> redirects() {
        return Stream.of(300, 301, 302, 303, 307, 308)
                .flatMap(status -> Stream.of(
                                "http://HOST:OTHER/api/x",
                                "//HOST:OTHER/api/x",
                                "http://127.0.0.2:OTHER/api/x",
                                "http://HOST:PORT@HOST:OTHER/api/x",
                                "http:\\\\HOST:OTHER\\api\\x",
                                "https://HOST:PORT/api/x",
                                "https://HOST/api/x",
                                "HTTP://HOST:OTHER/api/x")
                        .map(target -> Arguments.of(status, target)));
    }

    private String here(String target) {
        return target.replace("HOST", server.getHostName())
                .replace("PORT", String.valueOf(server.getPort()))
                .replace("OTHER", String.valueOf(other.getPort()));
    }

    private void redirect(int status, String target) {
        server.setDispatcher(always(new MockResponse.Builder()
                .code(status)
                .setHeader("Location", here(target))
                .build()));
    }

    private static OkHttpClient held() {
        // an interceptor keeps Java's client out
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()))
                .build();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("redirects")
    void noneLeavesTheOrigin(int status, String target) {
        redirect(status, target);
        int tries = 0;
        for (OkHttpClient client : List.of(SharedClient.get(), held())) {
            OkHttpCalls calls = calls(server, client);
            for (String method : List.of("GET", "HEAD")) {
                assertThatThrownBy(() -> calls.call(new HttpCall(method, "api", "x", Map.of(), null, LONG)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("redirects to another host")
                        .hasMessageNotContaining("s3cret");
                // a contract's own headers don't travel either
                assertThatThrownBy(() -> calls.call(
                                new HttpCall(method, "", server.url("/api/x").toString(), SECRET, null, LONG)))
                        .isInstanceOf(IOException.class);
                tries += 2;
            }
        }
        assertThat(server.getRequestCount()).isEqualTo(tries);
        assertThat(other.getRequestCount()).isZero();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("redirects")
    void whatChangesSomethingIsNeverSentTwice(int status, String target) throws Exception {
        redirect(status, target);
        for (OkHttpClient client : List.of(SharedClient.get(), held())) {
            HttpResult result = calls(server, client).call(new HttpCall("POST", "api", "x", Map.of(), "{}", LONG));
            assertThat(result.status()).isEqualTo(status);
        }
        assertThat(other.getRequestCount()).isZero();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("redirects")
    void metricSourcesFollowNone(int status, String target) {
        redirect(status, target);
        PrometheusSettings settings =
                PrometheusSettings.of(server.url("/").uri()).with(Authorization.bearer(() -> "s3cret-token-1"));
        for (OkHttpClient client : List.of(SharedClient.get(), held())) {
            assertThatThrownBy(() -> new PrometheusSource(settings, client)
                            .read(
                                    List.of(FakePrometheus.rate("e{track=\"$track\"}", "t{track=\"$track\"}")),
                                    FakePrometheus.at(0),
                                    FakePrometheus.at(5)))
                    .hasMessageContaining("redirects")
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(other.getRequestCount()).isZero();
    }

    @Test
    void aLoneCallFollowsNone() throws Exception {
        server.setDispatcher(always(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", other.url("/").toString())
                .build()));
        for (OkHttpClient client : List.of(SharedClient.get(), held())) {
            Request.Builder request = new Request.Builder().url(server.url("/"));
            SECRET.forEach(request::header);
            assertThat(new BoundedCall(client, 1000).make(request.build(), LONG).status())
                    .isEqualTo(302);
        }
        assertThat(other.getRequestCount()).isZero();
    }

    /** From https to http on the same host is another scheme: what authorises would go in the clear. */
    @Test
    void noneLeavesTls(@TempDir Path folder) throws Exception {
        KeyStore keys = keys(folder.resolve("keys.p12"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "s3cret-store".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        try (MockWebServer secure = new MockWebServer()) {
            secure.useHttps(tls.getSocketFactory());
            secure.start();
            secure.setDispatcher(always(new MockResponse.Builder()
                    .code(301)
                    .setHeader("Location", "http://" + secure.getHostName() + ":" + other.getPort() + "/api/x")
                    .build()));
            OkHttpClient client = new OkHttpClient.Builder()
                    .sslSocketFactory(tls.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                    .hostnameVerifier((host, session) -> true)
                    .build();

            assertThatThrownBy(() -> calls(secure, client).call(new HttpCall("GET", "api", "x", Map.of(), null, LONG)))
                    .hasMessageContaining("redirects to another host, http://");
            assertThat(secure.getRequestCount()).isEqualTo(1);
            assertThat(other.getRequestCount()).isZero();
        }
    }

    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "36500",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "s3cret-store")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "s3cret-store".toCharArray());
        }
        // as somebody's whom the client trusts, beside the server's own
        keys.setCertificateEntry("trusted", keys.getCertificate("server"));
        return keys;
    }

    private static OkHttpCalls calls(MockWebServer server, OkHttpClient client) {
        String base = server.url("/api").toString();
        return new OkHttpCalls(
                client, new AllowedAddresses(List.of(base)), id -> Optional.of(new Endpoint(base, () -> SECRET)), 1000);
    }
}
