// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.MapShare;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.testing.HaproxyFixture;
import io.jenkins.plugins.releaseguard.testing.HaproxyServices;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A canary in a backend of its own, as docs/haproxy.md has it word for word, before a real HAProxy. */
@Tag("integration")
class RealHaproxyMapTest {
    /** How many standard deviations of a share drawn by lot are no accident: one run in ten million. */
    private static final double SIGMAS = 5.4;

    private static final int REQUESTS = 600;
    private static final String CANARY = "checkout-canary";

    @RegisterExtension
    static final HaproxyServices SERVICES = new HaproxyServices();

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void file() {
        file = dir.resolve("canary.map");
    }

    /** The blocks of the page, in their order. */
    private static List<String> blocks() throws IOException {
        String page = Files.readString(Path.of("docs/haproxy.md"));
        String part = page.substring(page.indexOf("## A canary in a backend of its own"));
        String[] blocks = part.split("```haproxy\n");
        return List.of(
                blocks[1].substring(0, blocks[1].indexOf("```")), blocks[2].substring(0, blocks[2].indexOf("```")));
    }

    private String config(boolean ranges, int proxyPort, int runtimePort) throws IOException {
        String text = blocks().get(0);
        if (ranges) {
            int from = text.indexOf("    # the canary's share");
            int to = text.indexOf("    default_backend");
            text = text.substring(0, from) + blocks().get(1) + text.substring(to);
        }
        String baseline = SERVICES.world().baseline().replace("http://", "");
        return text.replace("10.0.0.5:9999", "127.0.0.1:" + runtimePort)
                .replace("bind :8080", "bind 127.0.0.1:" + proxyPort)
                .replace("/etc/haproxy/canary.map", file.toString())
                .replace("10.0.0.11:8080", baseline)
                .replace("10.0.0.12:8080", baseline)
                .replace("10.0.0.21:8080", SERVICES.world().canary().replace("http://", ""));
    }

    private HaproxyFixture haproxy(boolean ranges, String map, String... options) throws Exception {
        Files.writeString(file, map);
        int proxyPort = ProcessFixture.freePort();
        int runtimePort = ProcessFixture.freePort();
        return HaproxyFixture.startAs(
                SERVICES.children(), dir, config(ranges, proxyPort, runtimePort), proxyPort, runtimePort, options);
    }

    private HaproxySettings settings(HaproxyFixture proxy, boolean ranges) {
        return HaproxySettings.of(
                proxy.runtime(),
                "checkout",
                new MapShare(file.toString(), ranges ? "" : "checkout", ranges ? 100 : 10_000, CANARY));
    }

    private static double sent(HaproxyFixture proxy, HaproxyRouter router, int requests) throws Exception {
        double before = router.read().canaryRequests();
        proxy.getAtOnce(requests, 20);
        return router.read().canaryRequests() - before;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one entry with the share, false, checkout 0",
        "no entry yet,             false, ''",
        "a comment alone,          false, # share of checkout",
        "ranges of numbers,        true,  ''",
        "numbers one by one,       true,  0 checkout-canary|1 checkout-canary|3:4 checkout-canary",
    })
    void theCanaryGetsItsShareAndGivesItBack(String name, boolean ranges, String map) throws Exception {
        try (HaproxyFixture proxy = haproxy(ranges, map.replace('|', '\n') + "\n")) {
            HaproxyRouter router = new HaproxyRouter(settings(proxy, ranges));
            assertThat(router.read().ground().unfit()).isNull();
            assertThat(router.read().weight()).isEqualTo(map.contains("|") ? 4 : 0);
            for (int percent : List.of(10, 50)) {
                router.shift(percent);
                assertThat(router.read().weight()).isEqualTo(percent);
                double share = percent / 100.0;
                assertThat(Math.abs(sent(proxy, router, REQUESTS) - REQUESTS * share))
                        .as("%s %%", percent)
                        .isLessThan(SIGMAS * Math.sqrt(REQUESTS * share * (1 - share)));
            }
            router.shift(100);
            assertThat(sent(proxy, router, 100)).isEqualTo(100);
            router.shift(0);
            RouterReading back = router.read();
            assertThat(back.weight()).isZero();
            assertThat(back.baselineServing()).isTrue();
            assertThat(sent(proxy, router, 200)).isZero();
            assertThat(back.ground().elsewhere()).isNull();
        }
    }

    @Test
    void theWayBackEndsTheSessionsThatAreOpen() throws Exception {
        try (HaproxyFixture proxy = haproxy(false, "checkout 0\n")) {
            HaproxyRouter router = new HaproxyRouter(settings(proxy, false));
            router.shift(100);
            try (Socket held = proxy.hang()) {
                SERVICES.children()
                        .await("a session at the canary", () -> router.read().canarySessions() == 1);
                router.shift(0);
                SERVICES.children().await("none", () -> router.read().canarySessions() == 0);
                held.setSoTimeout(20_000);
                assertThat(new String(held.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .doesNotContain("200 OK");
            }
        }
    }

    /** What is on disk comes back, and an old worker, who has the map as it was, is told and asked. */
    @ParameterizedTest(name = "ranges: {0}")
    @CsvSource({"false", "true"})
    void aReloadBringsBackTheFileAndTheOldWorkerIsToldToo(boolean ranges) throws Exception {
        int master = ProcessFixture.freePort();
        try (HaproxyFixture proxy = haproxy(ranges, ranges ? "" : "checkout 0\n", "-W", "-S", "127.0.0.1:" + master)) {
            HaproxyRouter router =
                    new HaproxyRouter(settings(proxy, ranges).withMasters(List.of("127.0.0.1:" + master)));
            HaproxyRouter blind = new HaproxyRouter(settings(proxy, ranges));
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
                assertThat(reading.weight()).as("of the file").isZero();
                assertThat(reading.canarySessions()).isEqualTo(1);
                assertThat(reading.ground().elsewhere()).contains("old worker", "1 connections to the canary");
                String old = before.replaceAll("pid ([0-9]+).*", "$1");
                assertThat(HaproxyFixture.said(master, "@!" + old + " show map " + file + ";quit"))
                        .contains(ranges ? "0:99 checkout-canary" : "checkout 10000");
                router.shift(0);
                SERVICES.children()
                        .await(
                                "nothing at the canary",
                                () -> router.read().ground().elsewhere() == null
                                        && router.read().canarySessions() == 0);
                held.setSoTimeout(20_000);
                held.getInputStream().readAllBytes();
            }
        }
    }

    /** It has no connection to the canary, and a client whose next request would go there. */
    @Test
    void anOldWorkersMapIsSetToo() throws Exception {
        int master = ProcessFixture.freePort();
        try (HaproxyFixture proxy = haproxy(false, "checkout 0\n", "-W", "-S", "127.0.0.1:" + master)) {
            HaproxyRouter router =
                    new HaproxyRouter(settings(proxy, false).withMasters(List.of("127.0.0.1:" + master)));
            HaproxyRouter blind = new HaproxyRouter(settings(proxy, false));
            SERVICES.children().await("the master", () -> HaproxyFixture.isFit(router));
            String before = blind.read().ground().process();
            try (Socket held = proxy.hang()) {
                SERVICES.children()
                        .await(
                                "a session at the baseline",
                                () -> proxy.said("show stat -1 2 -1").contains("checkout,BACKEND,0,0,1,"));
                router.shift(25);
                HaproxyFixture.reload(master);
                SERVICES.children()
                        .await(
                                "a new worker",
                                () -> HaproxyFixture.isFit(router)
                                        && !blind.read().ground().process().equals(before));
                assertThat(router.read().ground().elsewhere()).contains("still sends its clients' requests");
                router.shift(0);
                assertThat(router.read().ground().elsewhere()).isNull();
                assertThat(HaproxyFixture.said(
                                master,
                                "@!" + before.replaceAll("pid ([0-9]+).*", "$1") + " show map " + file + ";quit"))
                        .contains("checkout 0");
                assertThat(held.isClosed()).isFalse();
            }
        }
    }

    @Test
    void aCanaryWithoutAServerIsToldAndHasNoShareThatCounts() throws Exception {
        try (HaproxyFixture proxy = haproxy(false, "checkout 0\n")) {
            HaproxyRouter router = new HaproxyRouter(settings(proxy, false));
            router.shift(50);
            RouterReading whole = router.read();
            proxy.said("set server checkout-canary/canary-1 state maint");
            RouterReading reading = router.read();
            assertThat(reading.weight()).isZero();
            assertThat(reading.ground().idle()).contains("checkout-canary: canary-1 MAINT");
            assertThat(reading.ground().elsewhere()).contains("still sends users to backend 'checkout-canary'");
            assertThat(reading.ground().unfit()).contains("no server of backend 'checkout-canary' takes requests");
            assertThat(reading.ground().movedByServers(whole.ground())).isTrue();
            assertThat(sent(proxy, router, 100)).as("errors of HAProxy's own").isGreaterThan(10);
            router.shift(0);
            assertThat(router.read().ground().elsewhere()).isNull();
            proxy.said("set server checkout-canary/canary-1 state ready");
            assertThat(router.read().weight()).isZero();
            proxy.said("set server checkout/stable-1 state maint");
            assertThat(router.read().baselineServing()).isTrue();
            proxy.said("set server checkout/stable-2 state maint");
            assertThat(router.read().baselineServing()).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "another file     | checkout 0   | /etc/haproxy/other.map | checkout | 10000 | reads the map '/etc/haproxy/other.map' (used there: ",
                "more than all    | checkout 101 | $FILE | checkout | 100 | has '101' for the key 'checkout', which is no whole number from 0 to 100",
                "twice            | checkout 0;checkout 5 | $FILE | checkout | 100 | has the key 'checkout' 2 times",
                "another key      | shop 5       | $FILE | checkout | 100 | ",
            })
    void whatSpeaksAgainstAMapIsSaidFirst(String name, String map, String path, String key, int of, String why)
            throws Exception {
        try (HaproxyFixture proxy = haproxy(false, map.replace(';', '\n') + "\n")) {
            HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(
                    proxy.runtime(),
                    "checkout",
                    new MapShare(path.replace("$FILE", file.toString()), key, of, CANARY)));
            String unfit = router.read().ground().unfit();
            if (why == null) {
                assertThat(unfit).isNull();
            } else {
                assertThat(unfit).contains(why);
                assertThat(router.read().weight()).isNaN();
            }
            if (path.startsWith("/etc")) {
                assertThat(catchThrowable(() -> router.shift(0))).hasMessageContaining("as it stands in haproxy.cfg");
            }
        }
    }
}
