// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.command.LocalCommands;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.http.AllowedAddresses;
import io.jenkins.plugins.releaseguard.http.Authorization;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.OkHttpCalls;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.secret.Mask;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that the world says back in all it says: the evidence, which is journalled and reported, has them in no form. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
class PlantedSecretsTest {
    private static final String PASSWORD = "pl4nted-p\"ss/word+0815";
    private static final String TOKEN = "pl4nted-t0ken-4711";
    private static final Mask PLANTED = Mask.of(List.of(PASSWORD, TOKEN));

    private final MockWebServer echo = new MockWebServer();

    @TempDir
    Path workspace;

    @BeforeEach
    void start() throws Exception {
        echo.start();
        echo.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String said = request.getHeaders().get("Authorization");
                return new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "text/" + said.replace(' ', '-'))
                        .body("{\"you\": \"" + said + "\", \"plain\": \"pl4nted-p\\\"ss/word+0815\"}")
                        .build();
            }
        });
    }

    @AfterEach
    void stop() {
        echo.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command: {run: 'echo \"$TOKEN\"; exit 1'}",
                "command: {run: 'printf \"robot:%s\" \"$PASSWORD\" | base64; exit 1'}",
                "command: {run: 'printf \"%s\" \"$PASSWORD\" | od -An -v -tx1 | tr -d \" \\n\"; exit 1'}",
                "command: {run: 'set -x; : \"$PASSWORD\"; exit 1'}",
                "command: {run: 'echo \"$TOKEN\"', contains: nothing}",
                "http: {endpoint: basic, field: /you, equals: x}",
                "http: {endpoint: basic, field: /plain, equals: x}",
                "http: {endpoint: basic, field: /plain, limit: \"< 5\"}",
                "http: {endpoint: bearer, field: /you}",
                "http: {endpoint: bearer, contains: nothing, status: 500}",
            })
    void evidenceHasThemInNoForm(String check) {
        Evidence evidence = CheckFixture.at(check, new World());

        assertThat(PLANTED.apply(evidence.toString())).isEqualTo(evidence.toString());
        assertThat(evidence.toString()).doesNotContain("pl4nted");
    }

    private final class World implements CheckContext {
        @Override
        public Contract contract() {
            return FakeCheckContext.contract("");
        }

        @Override
        public String environment() {
            return "production";
        }

        @Override
        public Instant now() {
            return FakeCheckContext.NOW;
        }

        @Override
        public Commands commands() {
            return new LocalCommands(
                    workspace,
                    Map.of("PATH", System.getenv("PATH"), "PASSWORD", PASSWORD, "TOKEN", TOKEN),
                    Set.of(PASSWORD, TOKEN));
        }

        @Override
        public HttpCalls http() {
            Map<String, Authorization> by = Map.of(
                    "basic", Authorization.basic("robot", () -> PASSWORD),
                    "bearer", Authorization.bearer(() -> TOKEN));
            return new OkHttpCalls(
                    SharedClient.get(),
                    new AllowedAddresses(List.of()),
                    id -> Optional.of(new Endpoint(
                            echo.url("/").toString(),
                            () -> Map.of("Authorization", by.get(id).header()))),
                    10_000);
        }
    }
}
