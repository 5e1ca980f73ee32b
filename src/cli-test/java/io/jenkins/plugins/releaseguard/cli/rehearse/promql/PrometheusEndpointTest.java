// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusEndpointTest {
    private final AtomicBoolean silent = new AtomicBoolean();
    private final HttpClient http = HttpClient.newHttpClient();
    private PrometheusEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        History history = new History(60_000);
        history.add(1_700_000_000_000L, Map.of(Map.of("__name__", "a", "track", "canary"), 3.5));
        endpoint = new PrometheusEndpoint(0, history, () -> Instant.ofEpochSecond(1_700_000_001), silent::get);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void answersAtTheGivenTimeAndAtItsOwn() throws Exception {
        String expected = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
                + "[{\"metric\":{\"track\":\"canary\"},\"value\":[%s,\"7\"]}]}}";
        assertThat(get("2 * a", "&time=1700000000.5").body()).isEqualTo(expected, "1700000000.500");
        assertThat(get("2 * a", "").body()).isEqualTo(expected, "1700000001.000");
        assertThat(get("a", "&time=1699999999").body()).contains("\"result\":[]");
    }

    @Test
    void handsOutRawPoints() throws Exception {
        assertThat(get("a[1m]", "&time=1700000030").body())
                .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":"
                        + "{\"__name__\":\"a\",\"track\":\"canary\"},\"values\":[[1700000000.000,\"3.5\"]]}]}}");
    }

    @Test
    void takesPostedForms() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + endpoint.port() + "/api/v1/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("query=1%2B1"))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"resultType\":\"scalar\"", "\"2\"");
    }

    @Test
    void errorsLookLikePrometheus() throws Exception {
        HttpResponse<String> response = get("sum(", "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"status\":\"error\"", "\"errorType\":\"bad_data\"", "parse error");
        HttpResponse<String> unsupported = get("topk(3, a)", "");
        assertThat(unsupported.statusCode()).isEqualTo(422);
        assertThat(unsupported.body()).contains("\"errorType\":\"execution\"", "unknown function");
    }

    @Test
    void silenceIsNoAnswer() {
        silent.set(true);
        assertThatThrownBy(() -> get("a", "")).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> get(String query, String more) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
