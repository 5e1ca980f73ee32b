// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.testing.HaproxyFixture;
import io.jenkins.plugins.releaseguard.testing.HaproxyServices;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F5: backends as people have them, before a real HAProxy; its own counters say what share there was. */
@Tag("integration")
class RealHaproxySharesTest {
    @RegisterExtension
    static final HaproxyServices SERVICES = new HaproxyServices();

    private static HaproxyRouter router(HaproxyFixture proxy, String baselines) {
        return new HaproxyRouter(HaproxySettings.of(
                proxy.runtime(), "shop", List.of("canary"), baselines.isEmpty() ? List.of() : List.of(baselines)));
    }

    /** Of requests that were really sent. */
    private static void assertShare(HaproxyFixture proxy, HaproxyRouter router, double percent) throws Exception {
        assertThat(router.read().weight()).isCloseTo(percent, within(0.5));
        // a round ends with the weights that it began with
        proxy.get(60);
        RouterReading before = router.read();
        proxy.get(300);
        RouterReading after = router.read();
        assertThat((after.canaryRequests() - before.canaryRequests()) / 3.0).isCloseTo(percent, within(2.0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "backup | server baseline $BASELINE weight 100; server canary $CANARY weight 0;"
                        + " server sorry $CANARY weight 1 backup | ''",
                "one of three disabled | server stable-1 $BASELINE weight 100; server stable-2 $BASELINE weight 100;"
                        + " server stable-3 $BASELINE weight 100 disabled; server canary $CANARY weight 0 | stable-*",
                "spare slots | server-template srv 2 $BASELINE weight 100;"
                        + " server-template spare 6 $BASELINE weight 100 disabled; server canary $CANARY weight 0 | ''",
                "a server on neither side | server baseline $BASELINE weight 100; server other $BASELINE weight 40;"
                        + " server canary $CANARY weight 0 | baseline",
            })
    void theCanaryGetsTheShareOfThoseWhoServe(String name, String servers, String baselines) throws Exception {
        try (HaproxyFixture proxy = SERVICES.haproxy("balance roundrobin; " + servers)) {
            HaproxyRouter router = router(proxy, baselines);
            router.shift(10);
            assertShare(proxy, router, 10);
        }
    }

    @Test
    void aServerThatIsDownIsPlannedWithoutAndOneThatComesBackPlannedAnew() throws Exception {
        try (HaproxyFixture proxy = SERVICES.haproxy("balance roundrobin; default-server inter 200ms fall 1 rise 1;"
                + " server stable-1 $BASELINE check weight 100; server stable-2 $BASELINE check weight 100;"
                + " server stable-3 127.0.0.1:1 check weight 100; server canary $CANARY check weight 0")) {
            HaproxyRouter router = router(proxy, "stable-*");
            SERVICES.children()
                    .await(
                            "stable-3 down",
                            () -> proxy.said("show stat").contains("stable-3,")
                                    && proxy.said("show servers state shop").contains(" stable-3 127.0.0.1 0 "));
            router.shift(10);
            assertShare(proxy, router, 10);
            RouterReading whole = router.read();
            proxy.said("set server shop/stable-2 state maint");
            RouterReading less = router.read();
            assertThat(less.weight()).isGreaterThan(15);
            assertThat(less.ground().movedByServers(whole.ground())).isTrue();
            assertThat(less.ground().idle()).contains("stable-2 MAINT");
            router.shift(10);
            assertShare(proxy, router, 10);
            proxy.said("set server shop/stable-1 weight 200");
            assertThat(router.read().ground().movedByServers(less.ground())).isFalse();
        }
    }

    @Test
    void aServerThatStartsSlowlyIsAPartOfOne() throws Exception {
        try (HaproxyFixture proxy = SERVICES.haproxy("balance roundrobin; default-server inter 200ms fall 1 rise 1;"
                + " server stable-1 $BASELINE check weight 100; server stable-2 $BASELINE check weight 100 slowstart 1h;"
                + " server canary $CANARY check weight 0")) {
            HaproxyRouter router = router(proxy, "stable-*");
            proxy.said("set server shop/stable-2 state maint");
            proxy.said("set server shop/stable-2 state ready");
            SERVICES.children()
                    .await(
                            "a slow start",
                            () -> proxy.said("show stat").contains("shop,stable-2,")
                                    && router.read().ground().idle().contains("slowstart"));
            router.shift(10);
            assertThat(router.read().weight()).isCloseTo(10, within(1.0));
        }
    }

    @Test
    void balanceFirstIsRefused() throws Exception {
        try (HaproxyFixture proxy = SERVICES.haproxy(
                "balance first; server baseline $BASELINE weight 100; server canary $CANARY weight 0")) {
            HaproxyRouter router = router(proxy, "");
            assertThat(catchThrowable(() -> router.shift(10))).hasMessageContaining("balance first");
            router.shift(0);
        }
    }
}
