// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.MapShare;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.testing.HaproxyFixture;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ReleaseFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F5 and F11: whole releases by the production runner, on a real Prometheus and HAProxies as people have them, under load. */
@Tag("integration")
class RealHaproxyReleasesTest {
    private static final String CONTRACT = ReleaseFixture.CONTRACT;

    @TempDir
    static Path base;

    private static ServicesFixture world;

    @TempDir
    Path dir;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("prometheus", "haproxy");
        world = new ServicesFixture(base);
        world.startServices();
        world.startPrometheus("300ms");
        ProcessFixture.get(world.baseline() + "/pay");
        world.awaitCounted();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @AfterEach
    void quiet() {
        over = true;
    }

    private static String servers(String lines) {
        return "balance roundrobin; "
                + lines.replace("$B", world.baseline().replace("http://", ""))
                        .replace("$C", world.canary().replace("http://", ""));
    }

    /** Until the test ends. */
    private void load(HaproxyFixture proxy) {
        Thread load = new Thread(() -> {
            while (!over) {
                try {
                    proxy.getAtOnce(8, 4);
                } catch (RuntimeException e) {
                    // a session that was shut
                }
            }
        });
        load.setDaemon(true);
        load.start();
    }

    private Event.Ended ended(Runner runner) throws Exception {
        return runner.ended().get(5, TimeUnit.MINUTES);
    }

    private <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private ReleaseFixture release(HaproxyRouter router, String contract) {
        return new ReleaseFixture(world.prometheus(), router, contract, events::add);
    }

    /** None of these releases has a reason to go back, and each gets the share of its phase. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a backup | server baseline $B weight 100; server canary $C weight 0; server sorry $B weight 1 backup | '' | sorry backup",
                "one of three is down | default-server inter 200ms fall 1 rise 1; server stable-1 $B check weight 100;"
                        + " server stable-2 $B check weight 100; server stable-3 127.0.0.1:1 check weight 100;"
                        + " server canary $C check weight 0 | stable-* | stable-3 DOWN",
                "six spare slots | server-template srv 2 $B weight 100; server-template spare 6 $B weight 100 disabled;"
                        + " server canary $C weight 0 | '' | spare1 spare2 spare3 spare4 spare5 and 1 more MAINT",
            })
    void aHealthyReleaseIsPromotedByTheShareOfThoseWhoServe(String name, String servers, String baselines, String idle)
            throws Exception {
        try (HaproxyFixture proxy = HaproxyFixture.start(world.children, dir, "", servers(servers))) {
            HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(
                    proxy.runtime(), "shop", List.of("canary"), baselines.isEmpty() ? List.of() : List.of(baselines)));
            load(proxy);
            try (ReleaseFixture release = release(router, CONTRACT)) {
                Runner runner = release.runner(dir);
                runner.startCanary();
                Event.Ended ended = ended(runner);
                assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.PROMOTED);
            }
            assertThat(of(Event.RouterRead.class).get(0).behind().idle())
                    .as("before anybody is moved")
                    .isEqualTo(idle);
            List<Double> shares = of(Event.RouterRead.class).stream()
                    .filter(read -> read.error() == null)
                    .map(Event.RouterRead::weight)
                    .toList();
            assertThat(shares)
                    .anyMatch(share -> Math.abs(share - 25) < 0.5)
                    .noneMatch(share -> share > 25.5 && share < 99);
        }
    }

    /** Until the phase that gives the canary this share bakes. */
    private void awaitBake(double share) throws Exception {
        world.children.await(
                "the bake at " + share + " %",
                () -> of(Event.BakeStarted.class).stream()
                        .anyMatch(bake -> of(Event.PhaseStarted.class).stream()
                                .anyMatch(phase -> phase.phase() == bake.phase() && phase.weight() == share)));
    }

    /** One of two that serve is taken away while the canary bakes: the canary would have two fifths then. */
    @Test
    void aServerThatGoesAwayInTheBakeIsPlannedWithoutAndTheReleaseGoesOn() throws Exception {
        try (HaproxyFixture proxy = HaproxyFixture.start(
                world.children,
                dir,
                "",
                servers("server stable-1 $B weight 100; server stable-2 $B weight 100; server canary $C weight 0"))) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(proxy.runtime(), "shop", List.of("canary"), List.of("stable-*")));
            load(proxy);
            try (ReleaseFixture release =
                    release(router, CONTRACT.replace("bake: 2s", "bake: 6s").replace("maxBake: 5s", "maxBake: 20s"))) {
                Runner runner = release.runner(dir);
                runner.startCanary();
                awaitBake(25);
                proxy.said("set server shop/stable-2 state maint");
                Event.Ended ended = ended(runner);
                assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.PROMOTED);
            }
            assertThat(of(Event.Held.class))
                    .anyMatch(held -> held.reason()
                                    .contains(
                                            "other servers take requests than when the weights for 25 % were worked out")
                            && held.reason().contains("they are worked out anew")
                            && held.reason().contains("stable-2 MAINT"));
            assertThat(of(Event.Breached.class)).isEmpty();
            assertThat(of(Event.RouterRead.class))
                    .as("planned without it")
                    .anyMatch(read -> read.behind() != null
                            && "stable-2 MAINT".equals(read.behind().idle())
                            && Math.abs(read.weight() - 25) < 1);
        }
    }

    /** A reload leaves an old worker with users of the canary: who asks only the new one is told of none. */
    @ParameterizedTest(name = "masters set up: {0}")
    @CsvSource({"true", "false"})
    void anOldWorkerWithUsersOfTheCanaryKeepsARollbackFromBeingConfirmed(boolean masters) throws Exception {
        int master = ProcessFixture.freePort();
        List<Socket> users = new ArrayList<>();
        try (HaproxyFixture proxy = HaproxyFixture.start(
                world.children,
                dir,
                "",
                servers("server baseline $B weight 100; server canary $C weight 0"),
                "-W",
                "-S",
                "127.0.0.1:" + master)) {
            HaproxySettings settings = HaproxySettings.of(proxy.runtime(), "shop", "canary", "baseline");
            HaproxyRouter blind = new HaproxyRouter(settings);
            HaproxyRouter router =
                    masters ? new HaproxyRouter(settings.withMasters(List.of("127.0.0.1:" + master))) : blind;
            // a master has its socket a moment after its worker
            world.children.await("the router", () -> HaproxyFixture.isFit(router));
            load(proxy);
            try (ReleaseFixture release = release(
                    router,
                    CONTRACT.replace("objective: 20s", "objective: 5s")
                            .replace("phases: [internal, 25, 100]", "phases: [25, 100]")
                            .replace("bake: 2s", "bake: 5m")
                            .replace("maxBake: 5s", "maxBake: 10m"))) {
                Runner runner = release.runner(dir);
                runner.startCanary();
                awaitBake(25);
                String before = blind.read().ground().process();
                for (int i = 0; i < 16; i++) {
                    users.add(proxy.hang());
                }
                world.children.await("users at the canary", () -> router.read().canarySessions() >= 3);
                HaproxyFixture.reload(master);
                world.children.await(
                        "a new worker",
                        () -> HaproxyFixture.isFit(router)
                                && !blind.read().ground().process().equals(before));
                runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
                if (masters) {
                    assertThat(ended(runner).confirmed()).as("%s", events).isTrue();
                    assertThat(router.read().canarySessions()).isZero();
                } else {
                    world.children.await(
                            "that it isn't confirmed",
                            () -> !of(Event.RollbackUnconfirmed.class).isEmpty());
                    assertThat(of(Event.RollbackUnconfirmed.class).get(0).reason())
                            .contains("the router's process was replaced")
                            .contains("while the canary had users")
                            .contains("with its master's socket set up it would be asked");
                    assertThat(of(Event.RollbackConfirmed.class)).isEmpty();
                }
            }
        } finally {
            for (Socket user : users) {
                user.close();
            }
        }
    }

    /** A weight in the file, and agents that set one: said before anybody is moved. */
    @Test
    void aWeightThatWouldComeBackHoldsTheReleaseBeforeAnybodyIsMoved() throws Exception {
        try (HaproxyFixture proxy = HaproxyFixture.start(
                world.children,
                dir,
                "",
                servers("server baseline $B weight 100 agent-check agent-port 1 agent-inter 1h;"
                        + " server canary $C weight 100 agent-check agent-port 1 agent-inter 1h"))) {
            HaproxyRouter router = new HaproxyRouter(HaproxySettings.of(proxy.runtime(), "shop", "canary", "baseline"));
            proxy.said("set server shop/canary weight 0%");
            double before = router.read().canaryRequests();
            load(proxy);
            try (ReleaseFixture release = release(router, CONTRACT.replace("noData: 20s", "noData: 5s"))) {
                Runner runner = release.runner(dir);
                runner.startCanary();
                Event.Ended ended = ended(runner);
                assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.ROLLED_BACK);
            }
            assertThat(of(Event.Held.class))
                    .anyMatch(held -> held.reason().contains("the router is not fit to be given users")
                            && held.reason().contains("has weight 100 in haproxy.cfg")
                            && held.reason().contains("an agent-check is on for canary, baseline")
                            && held.reason().contains("no traffic is moved before it does"));
            assertThat(router.read().canaryRequests()).as("nobody was moved").isEqualTo(before);
        }
    }

    /** A canary in a backend of its own: promoted, and brought back where it fails. */
    @ParameterizedTest(name = "errors {0}")
    @CsvSource({"0, PROMOTED", "0.9, ROLLED_BACK"})
    void aMapReleasesAndBringsBack(double errors, ReleaseOutcome outcome) throws Exception {
        Path map = dir.resolve("canary.map");
        Files.writeString(map, "shop 0\n");
        int proxyPort = ProcessFixture.freePort();
        int runtimePort = ProcessFixture.freePort();
        String text = """
            global
              stats socket ipv4@127.0.0.1:%d level admin
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
            frontend front
              bind 127.0.0.1:%d
              http-request set-var(txn.canary) str(shop),map_str_int(%s,0)
              use_backend shop-new if { rand(100),sub(txn.canary) lt 0 }
              default_backend shop
            backend shop
              server baseline %s
            backend shop-new
              server canary %s
            """.formatted(
                        runtimePort,
                        proxyPort,
                        map,
                        world.baseline().replace("http://", ""),
                        world.canary().replace("http://", ""));
        ServicesFixture.fault(world.canary(), errors, 0);
        try (HaproxyFixture proxy = HaproxyFixture.startAs(world.children, dir, text, proxyPort, runtimePort)) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(proxy.runtime(), "shop", new MapShare(map.toString(), "shop", 100, "shop-new")));
            load(proxy);
            try (ReleaseFixture release = release(router, CONTRACT)) {
                Runner runner = release.runner(dir);
                runner.startCanary();
                Event.Ended ended = ended(runner);
                assertThat(ended.verdict()).as("%s", events).isEqualTo(outcome);
                assertThat(ended.confirmed()).isTrue();
            }
            assertThat(router.read().weight()).isEqualTo(outcome == ReleaseOutcome.PROMOTED ? 100 : 0);
        } finally {
            ServicesFixture.fault(world.canary(), 0, 0);
        }
    }
}
