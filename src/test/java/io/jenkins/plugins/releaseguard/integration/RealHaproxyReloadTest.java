// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.testing.HaproxyFixture;
import io.jenkins.plugins.releaseguard.testing.HaproxyServices;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F11: reloads, agents and weights of the file, before a real HAProxy with a master and workers. */
@Tag("integration")
class RealHaproxyReloadTest {
    @RegisterExtension
    static final HaproxyServices SERVICES = new HaproxyServices();

    private static HaproxyFixture haproxy(String servers, String... options) throws Exception {
        return SERVICES.haproxy("balance roundrobin; " + servers, options);
    }

    private static HaproxySettings settings(HaproxyFixture proxy) {
        return HaproxySettings.of(proxy.runtime(), "shop", "canary", "baseline");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "server baseline $BASELINE weight 100; server canary $CANARY weight 0 |",
                "server baseline $BASELINE weight 100; server canary $CANARY weight 100 | has weight 100 in haproxy.cfg",
                "server baseline $BASELINE; server canary $CANARY | has weight 1 in haproxy.cfg",
                "server baseline $BASELINE weight 100; server canary $CANARY weight 100 disabled |",
                "server baseline $BASELINE weight 100 agent-check agent-port 1; server canary $CANARY weight 0"
                        + " | agent-check is on for baseline",
                "cookie SRV insert; server baseline $BASELINE weight 100 cookie b; server canary $CANARY weight 0 cookie c"
                        + " | by the cookie 'SRV'",
            })
    void theFileIsAskedWhatItWouldBringBack(String servers, String why) throws Exception {
        try (HaproxyFixture proxy = haproxy(servers)) {
            String unfit = new HaproxyRouter(settings(proxy)).read().ground().unfit();
            if (why == null) {
                assertThat(unfit).isNull();
            } else {
                assertThat(unfit).contains(why);
            }
        }
    }

    @Test
    void anOldWorkerIsSeenAndToldToLeaveTheCanary() throws Exception {
        int master = ProcessFixture.freePort();
        try (HaproxyFixture proxy = haproxy(
                "server baseline $BASELINE weight 100; server canary $CANARY weight 0",
                "-W",
                "-S",
                "127.0.0.1:" + master)) {
            HaproxyRouter router = new HaproxyRouter(settings(proxy).withMasters(List.of("127.0.0.1:" + master)));
            HaproxyRouter blind = new HaproxyRouter(settings(proxy));
            // a master has its socket a moment after its worker
            SERVICES.children().await("the master", () -> HaproxyFixture.isFit(router));
            router.shift(100);
            String before = blind.read().ground().process();
            try (Socket held = proxy.hang()) {
                SERVICES.children()
                        .await("a session at the canary", () -> router.read().canarySessions() == 1);
                HaproxyFixture.reload(master);
                SERVICES.children()
                        .await(
                                "a new worker",
                                () -> HaproxyFixture.isFit(router)
                                        && !blind.read().ground().process().equals(before));
                RouterReading reading = router.read();
                assertThat(reading.weight()).isZero();
                assertThat(reading.canarySessions()).isEqualTo(1);
                assertThat(reading.ground().elsewhere()).contains("old worker", "1 connections to the canary");
                assertThat(blind.read().canarySessions()).as("of one process").isZero();
                router.shift(0);
                SERVICES.children()
                        .await(
                                "nothing at the canary",
                                () -> router.read().ground().elsewhere() == null
                                        && router.read().canarySessions() == 0);
                held.setSoTimeout(20_000);
                assertThat(new String(held.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .doesNotContain("canary");
            }
        }
    }

    @Test
    void severalBalancersAreOneRouter() throws Exception {
        String servers = "server baseline $BASELINE weight 100; server canary $CANARY weight 0";
        try (HaproxyFixture one = haproxy(servers);
                HaproxyFixture two = haproxy(servers)) {
            HaproxyRouter both = new HaproxyRouter(
                    HaproxySettings.of(one.runtime() + ", " + two.runtime(), "shop", "canary", "baseline"));
            both.shift(25);
            assertThat(both.read().weight()).isEqualTo(25);
            assertThat(both.read().ground().unfit()).isNull();
            two.said("set server shop/canary weight 0%");
            assertThat(both.read().weight()).isNaN();
            assertThat(both.read().ground().idle()).contains(two.runtime() + " gives 0");
            both.shift(0);
            assertThat(both.read().weight()).isZero();
        }
    }
}
