// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The world alone, as a process that is controlled from outside and ends when it is told to. */
class ServicesCommandTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void runsUntilItsInputIsClosed() throws Exception {
        Path file = folder.resolve("services.properties");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "services",
                        "--stdin",
                        "--properties",
                        file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Properties addresses = addresses(process, file);
            String control = addresses.getProperty("control.url");
            assertThat(send("GET", addresses.getProperty("proxy.url") + "/").body())
                    .isIn("checkout baseline\n", "no cards today\n");
            assertThat(send("GET", control + "/").body()).contains("scenario=healthy", "weight=0.0");
            assertThat(send("POST", control + "/scenario/breach").body()).contains("scenario=breach");
            assertThat(send("POST", control + "/scenario/nonsense").statusCode())
                    .isEqualTo(404);
            assertThat(send("GET", control + "/scenario/slow").statusCode()).isEqualTo(405);
            assertThat(send("POST", control + "/reset").body()).contains("scenario=healthy");
            String query = addresses.getProperty("prometheus.url") + "/api/v1/query?query=sum(http_requests_total)";
            assertThat(send("GET", query).body()).contains("\"status\":\"success\"");
            process.getOutputStream().close();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Properties addresses(Process process, Path file) {
        Properties addresses = new Properties();
        await("the services' addresses")
                .atMost(Duration.ofMinutes(3))
                .failFast("the services ended", () -> !process.isAlive())
                .until(() -> {
                    if (Files.exists(file)) {
                        try (InputStream in = Files.newInputStream(file)) {
                            addresses.load(in);
                        }
                    }
                    return addresses.getProperty("control.url") != null;
                });
        return addresses;
    }

    private HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
