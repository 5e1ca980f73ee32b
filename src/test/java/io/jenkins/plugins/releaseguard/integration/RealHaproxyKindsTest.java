// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.testing.HaproxyFixture;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HAProxy as it is run, a row each: what is said of it before the first users, which share the canary gets by HAProxy's own counters, and
 * that the way back leaves nobody there, not even who was led to it.
 */
@Tag("integration")
class RealHaproxyKindsTest {
    @TempDir
    static Path dir;

    private static ServicesFixture world;

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("haproxy");
        world = new ServicesFixture(dir);
        world.startServices();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /**
     * @param flags of the router's configuration
     * @param said to HAProxy before, commands separated by {@code ;}
     * @param unfit what holds a release before its first users; null for nothing
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "backup         | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 0; server sorry $C backup | ''    | '' |",
                "backup alone   | balance roundrobin; server stable-1 $B weight 100 backup; server canary $C weight 0 | ''    | '' | All baseline servers of backend 'shop' are backups",
                "a backup canary | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 0 backup | ''    | '' | is a backup: HAProxy gives it",
                "DOWN           | balance roundrobin; default-server inter 100ms fall 1 rise 1; server stable-1 $B check weight 100; server stable-2 127.0.0.1:1 check weight 100; server canary $C check weight 0 | ''    | DOWN stable-2 |",
                "MAINT          | balance roundrobin; server stable-1 $B weight 100; server stable-2 $B weight 100; server canary $C weight 0 | ''    | set server shop/stable-2 state maint |",
                "DRAIN          | balance roundrobin; server stable-1 $B weight 100; server stable-2 $B weight 100; server canary $C weight 0 | ''    | set server shop/stable-2 state drain |",
                "spare slots    | balance roundrobin; server-template stable- 1 $B weight 100; server-template spare- 5 $B weight 100 disabled; server canary $C weight 0 | ''    | '' |",
                "slowstart      | balance roundrobin; server stable-1 $B weight 100; server stable-2 $B weight 100 slowstart 1h; server canary $C weight 0 | ''    | set server shop/stable-2 state maint;set server shop/stable-2 state ready |",
                "leastconn      | balance leastconn; server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' |",
                "random         | balance random; server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' |",
                "balance first  | balance first; server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' | balance first",
                "static-rr      | balance static-rr; server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' | static LB algorithm",
                "agent-check    | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 0 agent-check agent-port 1 | ''    | '' | an agent-check is on for canary",
                "agents switched off | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 0 agent-check agent-port 1 | ''    | disable agent shop/canary |",
                "agents without weights | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 0 agent-check agent-port 1 | agents | '' |",
                "cookie         | balance roundrobin; cookie SRV insert indirect; server stable-1 $B weight 100 cookie b; server canary $C weight 0 cookie c | ''    | '' | by the cookie 'SRV'",
                "cookie, in maintenance at 0 % | balance roundrobin; cookie SRV insert indirect; server stable-1 $B weight 100 cookie b; server canary $C weight 0 cookie c | maintenance | '' |",
                "stick table    | balance roundrobin; stick-table type string len 20 size 1k; stick on req.hdr(x-client); server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' | by its stick table",
                "stick table, in maintenance at 0 % | balance roundrobin; stick-table type string len 20 size 1k; stick on req.hdr(x-client); server stable-1 $B weight 100; server canary $C weight 0 | maintenance | '' |",
                "a table that counts | balance roundrobin; stick-table type ip size 1k store http_req_rate(10s); http-request track-sc0 src; server stable-1 $B weight 100; server canary $C weight 0 | ''    | '' |",
                "weight in the file | balance roundrobin; server stable-1 $B weight 100; server canary $C weight 100 | ''    | '' | has weight 100 in haproxy.cfg",
            })
    void asItIsRun(String name, String backend, String flags, String said, String unfit) throws Exception {
        try (HaproxyFixture proxy = HaproxyFixture.start(
                world.children,
                dir,
                "",
                backend.replace("$B", world.baseline().replace("http://", ""))
                        .replace("$C", world.canary().replace("http://", "")))) {
            if (said.startsWith("DOWN ")) {
                String server = said.substring(5);
                world.children.await(
                        server + " down",
                        () -> proxy.said("show servers state shop").contains(" " + server + " 127.0.0.1 0 "));
            } else if (!said.isEmpty()) {
                proxy.said(said);
            }
            HaproxySettings settings =
                    HaproxySettings.of(proxy.runtime(), "shop", List.of("canary"), List.of("stable-*"));
            settings = flags.equals("maintenance") ? settings.withMaintenanceAtZero() : settings;
            HaproxyRouter router =
                    new HaproxyRouter(flags.equals("agents") ? settings.withAgentsThatKeepWeights() : settings);
            String against = router.read().ground().unfit();
            if (unfit != null) {
                assertThat(against).contains(unfit);
                return;
            }
            assertThat(against).isNull();
            router.shift(25);
            assertThat(router.read().weight()).isCloseTo(25, within(1.0));
            // a round ends with the weights that it began with, and a lot is drawn by chance
            requests(proxy, 40, "new");
            double before = router.read().canaryRequests();
            requests(proxy, 200, "new");
            // leastconn divides connections that are open at once, and one after the other there are none
            assertThat((router.read().canaryRequests() - before) / 2)
                    .isCloseTo(25, within(name.equals("leastconn") ? 26.0 : name.equals("random") ? 17.0 : 3.0));
            router.shift(100);
            requests(proxy, 5, "c");
            router.shift(0);
            RouterReading back = router.read();
            assertThat(back.weight()).isZero();
            assertThat(back.baselineServing()).isTrue();
            requests(proxy, 20, "c");
            assertThat(router.read().canaryRequests())
                    .as("of whoever was led there")
                    .isEqualTo(back.canaryRequests());
        }
    }

    /** @param client {@code new} for one that comes anew with each request; else it is known by this cookie and header */
    private static void requests(HaproxyFixture proxy, int count, String client) throws Exception {
        for (int i = 0; i < count; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.proxyPort() + "/pay"));
            if (client.equals("new")) {
                request.header("x-client", client + i + "-" + System.nanoTime());
            } else {
                request.header("x-client", client).header("Cookie", "SRV=" + client);
            }
            ProcessFixture.HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
        }
    }
}
