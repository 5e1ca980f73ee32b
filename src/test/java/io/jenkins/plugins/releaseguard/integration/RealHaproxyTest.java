// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router against a real HAProxy in front of two real processes. */
@Tag("integration")
class RealHaproxyTest {
    @TempDir
    static Path dir;

    private static ServicesFixture world;

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("haproxy");
        world = new ServicesFixture(dir);
        world.startServices();
        world.startHaproxy();
    }

    @AfterAll
    static void stop() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void backToTheBaseline() throws Exception {
        world.router().shift(0);
    }

    private static int pay(int requests) throws Exception {
        int canary = 0;
        for (int i = 0; i < requests; i++) {
            canary += ProcessFixture.get(world.shop() + "/pay").body().equals("canary\n") ? 1 : 0;
        }
        return canary;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"0, 0", "1, 2", "5, 10", "25, 50", "50, 100", "100, 200", "0.5, 1"})
    void theCanaryGetsItsShareOfRequests(double weight, int of200) throws Exception {
        world.router().shift(weight);
        if (weight > 0 && weight < 100) {
            // round robin ends its round with the old weights first
            pay(150);
        }
        RouterReading before = world.router().read();
        assertThat(before.weight()).isEqualTo(weight);
        assertThat(before.baselineServing()).isEqualTo(weight < 100);
        int canary = pay(200);
        if (weight == 0 || weight == 100) {
            assertThat(canary).isEqualTo(of200);
        } else {
            assertThat(canary).isBetween(of200 - 3, of200 + 3);
        }
        RouterReading after = world.router().read();
        assertThat(after.canaryRequests() - before.canaryRequests()).isEqualTo(canary);
        assertThat(after.baselineRequests() - before.baselineRequests()).isEqualTo(200 - canary);
    }

    @Test
    void sessionsOpenToTheCanaryAreShutAtZero() throws Exception {
        world.router().shift(100);
        // by hand: an HTTP client would try again by itself
        try (Socket held = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(world.shop()).getPort())) {
            held.getOutputStream()
                    .write("GET /hang HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            world.children.await("a session at the canary", () -> read().canarySessions() == 1);
            world.router().shift(0);
            world.children.await("no session at the canary", () -> read().canarySessions() == 0);
            held.setSoTimeout(20_000);
            String end = new String(held.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(end).doesNotContain("canary").contains("502 Bad Gateway");
        }
    }

    private static RouterReading read() throws IOException, InterruptedException {
        try {
            return world.router().read();
        } catch (EffectException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aReloadBringsBackTheFilesWeightsAndTheReadingShowsIt() throws Exception {
        world.router().shift(25);
        assertThat(world.router().read().weight()).isEqualTo(25);
        world.reloadHaproxy();
        assertThat(world.router().read().weight()).isZero();
        world.router().shift(25);
        assertThat(world.router().read().weight()).isEqualTo(25);
    }

    @Test
    void aUnixSocketDoesAsWell() throws Exception {
        HaproxyRouter router =
                new HaproxyRouter(HaproxySettings.of(world.runtimeSocket(), "shop", "canary", "baseline"));
        router.shift(50);
        assertThat(router.read().weight()).isEqualTo(50);
    }

    @Test
    void maintenanceTakesTheCanaryOutAndBackIn() throws Exception {
        HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(world.runtime(), "shop", "canary", "baseline")
                .withMaintenanceAtZero());
        router.shift(0);
        assertThat(router.read().weight()).isZero();
        router.shift(50);
        assertThat(router.read().weight()).isEqualTo(50);
        assertThat(pay(100)).isBetween(1, 99);
    }

    @Test
    void anInternalAudienceReachesTheCanaryAtZeroUnlessItIsInMaintenance() throws Exception {
        HttpRequest internal = HttpRequest.newBuilder(URI.create(world.shop() + "/pay"))
                .header("x-audience", "internal")
                .build();
        assertThat(ProcessFixture.HTTP
                        .send(internal, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("canary\n");
        assertThat(pay(10)).isZero();
        HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(world.runtime(), "shop", "canary", "baseline")
                .withMaintenanceAtZero());
        router.shift(0);
        assertThat(ProcessFixture.HTTP
                        .send(internal, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("baseline\n");
        router.shift(50);
    }

    @Test
    void anOperatorsSocketMayNotShift() {
        HaproxyRouter router =
                new HaproxyRouter(HaproxySettings.of(world.operatorRuntime(), "shop", "canary", "baseline"));
        assertThatThrownBy(() -> router.shift(50))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("Permission denied")
                .hasMessageContaining("level admin");
    }

    @Test
    void aStaticAlgorithmCannotShiftByPercentButGoBack() throws Exception {
        HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(world.runtime(), "fixed", "canary", "baseline"));
        assertThatThrownBy(() -> router.shift(25))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("roundrobin");
        router.shift(0);
        assertThat(router.read().weight()).isZero();
    }

    @Test
    void unknownBackendsAndServersAreNamed() {
        assertThatThrownBy(() ->
                        new HaproxyRouter(HaproxySettings.of(world.runtime(), "store", "canary", "baseline")).read())
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("backend's name as it stands in haproxy.cfg");
        assertThatThrownBy(() ->
                        new HaproxyRouter(HaproxySettings.of(world.runtime(), "shop", "green", "baseline")).shift(5))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("it has baseline, canary");
    }

    @Test
    void aDeadProxyIsSaid() throws Exception {
        world.killHaproxy();
        try {
            assertThatThrownBy(() -> world.router().shift(0))
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining("is HAProxy running");
        } finally {
            world.startHaproxy();
        }
    }
}
