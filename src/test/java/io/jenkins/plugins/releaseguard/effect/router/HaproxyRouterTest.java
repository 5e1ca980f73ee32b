// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HaproxyRouterTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static Function<String, String> willing() {
        return line -> line.startsWith("show stat") ? TABLE : "\n";
    }

    private static HaproxyRouter router(FakeRuntimeApi api) {
        return new HaproxyRouter(
                HaproxySettings.of(api.address(), "app", "new", "old").withTimeout(LIMIT));
    }

    private static RouterReading bare(RouterReading r) {
        return new RouterReading(
                r.weight(), r.canaryRequests(), r.baselineRequests(), r.canarySessions(), r.baselineServing());
    }

    @Test
    void whoTakesMoreIsSetFirst() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(willing())) {
            router(api).shift(25);
            assertThat(api.asked)
                    .containsExactly("show stat -1 6 -1", "set server app/new weight 1", "set server app/old weight 3");
        }
    }

    @Test
    void atZeroTheBaselineIsSetThenTheCanaryThenItsSessionsAreShut() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(willing())) {
            router(api).shift(0);
            assertThat(api.asked)
                    .containsExactly(
                            "show stat -1 6 -1",
                            "set server app/old weight 100;set server app/new weight 0%",
                            "shutdown sessions server app/new");
        }
    }

    @Test
    void theWayBackGoesOnWhenTheBaselineServesAlreadyThoughItsWeightCannotBeSet() throws Exception {
        String table = TABLE.replace("UP,100", "UP,75").replace("UP,0", "UP,25");
        try (FakeRuntimeApi api = new FakeRuntimeApi(
                l -> l.startsWith("show stat") ? table : l.contains("/old") ? "Something is wrong.\n\n" : "\n")) {
            assertThatThrownBy(() -> router(api).shift(0))
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining("Something is wrong");
            assertThat(api.asked).contains("set server app/new weight 0%", "shutdown sessions server app/new");
        }
    }

    @Test
    void theCanaryStaysWhenNobodyElseWouldServe() throws Exception {
        String table = TABLE.replace("UP,100", "UP,0").replace("new,2,7,UP,0", "new,2,7,UP,100");
        try (FakeRuntimeApi api = new FakeRuntimeApi(
                l -> l.startsWith("show stat") ? table : l.contains("/old") ? "Something is wrong.\n\n" : "\n")) {
            assertThatThrownBy(() -> router(api).shift(0)).isInstanceOf(EffectException.class);
            assertThat(api.asked).noneMatch(l -> l.contains("app/new"));
        }
    }

    /** {@code maintenanceAtZero} of a set-up. */
    @Test
    void maintenanceIsSetAtZeroAndLiftedAboveWhereConfigured() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(willing())) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withMaintenanceAtZero());
            router.shift(0);
            router.shift(50);
            assertThat(api.asked)
                    .contains("set server app/new state maint")
                    .anyMatch(l -> l.endsWith("set server app/new state ready"));
        }
    }

    @Test
    void readsSharesOfSeveralServersASideAndOfThoseOnNeither() throws Exception {
        String table =
                "# pxname,svname,scur,stot,status,weight,bck\napp,old1,0,10,UP,50,0\napp,old2,0,20,no check,50,0\n"
                        + "app,new1,1,3,UP,50,0\napp,new2,2,4,DOWN,50,0\napp,other,0,1,UP,50,0\n\n";
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> table)) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", List.of("new*"), List.of("old1", "old2")));
            assertThat(bare(router.read())).isEqualTo(new RouterReading(25, 7, 30, 3, true));
            HaproxyRouter rest =
                    new HaproxyRouter(HaproxySettings.of(api.address(), "app", List.of("new*"), List.of()));
            assertThat(bare(rest.read())).isEqualTo(new RouterReading(25, 7, 31, 3, true));
        }
    }

    @Test
    void aBaselineThatIsDownDoesNotServe() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> TABLE.replace("UP,100", "DOWN,100"))) {
            assertThat(bare(router(api).read())).isEqualTo(new RouterReading(0, 7, 100, 2, false));
        }
    }

    @Test
    void aRouterThatSaysYesAndDoesNothingIsSeenInTheReading() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(willing())) {
            router(api).shift(50);
            assertThat(router(api).read().weight()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Permission denied|level admin",
                "No such server.|server's name as it stands in haproxy.cfg",
                "No such backend.|backend's name as it stands in haproxy.cfg",
                "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.|balance roundrobin",
                "HTTP/1.1 400 Bad request|refused 'set server app/new weight 1'",
            })
    void refusalsSayWhatToDo(String answer, String fix) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show stat") ? TABLE : answer + "\n\n")) {
            assertThatThrownBy(() -> router(api).shift(50))
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining(api.address())
                    .hasMessageContaining(answer)
                    .hasMessageContaining(fix);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"HTTP/1.1 400 Bad request\r\n\r\n<html>", "\u0000\u0001garbage", "\n"})
    void garbageInsteadOfATableIsRefused(String answer) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> answer)) {
            assertThatThrownBy(() -> router(api).read())
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining("is this the runtime API");
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> "x".repeat(5 * 1024 * 1024))) {
            assertThatThrownBy(() -> router(api).read()).hasMessageContaining("more than 4 MiB");
        }
    }

    @Test
    void closedWithoutAWordIsAnError() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> l.startsWith("show") ? TABLE : "")) {
            assertThatThrownBy(() -> router(api).shift(50)).hasMessageContaining("without an answer");
        }
    }

    @Test
    void aHangingRouterEndsAtTheDeadline() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> null)) {
            HaproxyRouter impatient = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withTimeout(Duration.ofMillis(700)));
            assertThatThrownBy(impatient::read)
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining("did not answer within 0.7 s");
        }
    }

    @Test
    void aHangingRouterEndsByAnInterrupt() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> null)) {
            HaproxyRouter patient = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withTimeout(Duration.ofMinutes(5)));
            CompletableFuture<Exception> ended = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    patient.read();
                    ended.complete(null);
                } catch (Exception e) {
                    ended.complete(e);
                }
            });
            reader.start();
            await("a command at the router").atMost(LIMIT).until(() -> !api.asked.isEmpty());
            reader.interrupt();
            assertThat(ended).succeedsWithin(LIMIT).isInstanceOf(InterruptedException.class);
        }
    }

    private static final Executor NONE = work -> {
        throw new RejectedExecutionException("no thread for it");
    };

    @Test
    void callsThatHangHoldNoThreadAndCloseTheirConnectionsWhenGivenUp() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> null)) {
            HaproxyRouter patient = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withTimeout(Duration.ofMinutes(5)));
            int before = Thread.activeCount();
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(i % 2 == 0 ? patient.shiftAsync(0, NONE) : patient.readAsync(NONE));
            }
            await("as many as a stats socket takes").atMost(LIMIT).until(() -> api.asked.size() == 8);
            assertThat(calls).noneMatch(CompletableFuture::isDone);
            // one for all routers, and perhaps those of time and of names
            assertThat(Thread.activeCount() - before).isLessThanOrEqualTo(4);
            assertThat(ours()).containsOnlyOnce("release-guard-routers-1");
            calls.forEach(call -> call.cancel(true));
            await("the connections' ends").atMost(LIMIT).until(api::allLeft);
        }
    }

    private static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("release-guard-routers"))
                .toList();
    }

    /** C1, E8: a call's time begins with its turn. */
    @Test
    void timeInOurOwnQueueIsNotTheRoutersSilence() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return TABLE;
        })) {
            HaproxyRouter router = new HaproxyRouter(
                    HaproxySettings.of(api.address(), "app", "new", "old").withTimeout(Duration.ofSeconds(2)));
            List<CompletableFuture<RouterReading>> calls = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                calls.add(router.readAsync(NONE));
            }
            for (CompletableFuture<RouterReading> call : calls) {
                assertThat(bare(call.get(30, TimeUnit.SECONDS))).isEqualTo(new RouterReading(0, 7, 100, 2, true));
            }
        }
    }

    @Test
    void theRoutersThreadGoesAndComesAgain() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> TABLE)) {
            SocketLoop loop = new SocketLoop(20);
            for (int i = 0; i < 3; i++) {
                String[] address = api.address().split(":");
                Exchange exchange = new Exchange(
                        new InetSocketAddress(address[0], Integer.parseInt(address[1])),
                        "show stat\n".getBytes(StandardCharsets.UTF_8),
                        1000,
                        new RuntimeApi.Deadline(LIMIT));
                assertThat(exchange.on(loop).get()).isEqualTo(TABLE.getBytes(StandardCharsets.UTF_8));
                await("nobody's thread").atMost(LIMIT).until(() -> !loop.isAwake());
            }
        }
    }

    @Test
    void refusedConnectionsAndMissingSocketsSaySo(@TempDir Path dir) throws Exception {
        String gone;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = "127.0.0.1:" + socket.getLocalPort();
        }
        assertThatThrownBy(() -> new HaproxyRouter(HaproxySettings.of(gone, "app", "new", "old")).read())
                .isInstanceOf(EffectException.class)
                .hasMessageContaining(gone)
                .hasMessageContaining("is HAProxy running");
        String path = dir.resolve("no.sock").toString();
        assertThatThrownBy(() -> new HaproxyRouter(HaproxySettings.of(path, "app", "new", "old")).read())
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("may this user open the socket");
    }

    @Test
    void unknownServersAndBackendsAreNamedWithWhatThereIs() throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(l -> TABLE)) {
            assertThatThrownBy(() -> new HaproxyRouter(HaproxySettings.of(api.address(), "app", "next", "old")).read())
                    .hasMessageContaining("no canary server 'next', it has old, new");
            assertThatThrownBy(() -> new HaproxyRouter(HaproxySettings.of(api.address(), "shop", "new", "old")).read())
                    .hasMessageContaining("no server of a backend 'shop'");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {-1, 100.5, Double.NaN, Double.POSITIVE_INFINITY, 0.1})
    void impossibleSharesMoveNothing(double weight) throws Exception {
        try (FakeRuntimeApi api = new FakeRuntimeApi(willing())) {
            assertThatThrownBy(() -> router(api).shift(weight)).isInstanceOf(EffectException.class);
            assertThat(api.asked).noneMatch(l -> l.startsWith("set"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:",
                ":9999",
                "localhost:99999",
                "localhost:0",
                "localhost:99a",
                "a\u0000:b"
            })
    void badAddressesAreRefusedAtOnce(String address) {
        assertThatThrownBy(() -> HaproxySettings.of(address, "app", "new", "old"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "new;disable server app/old", "new old", "new\nold", "n/w", "*x"})
    void namesThatCouldBeCommandsAreRefused(String name) {
        assertThatThrownBy(() -> HaproxySettings.of("localhost:9999", "app", name, "old"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HaproxySettings.of("localhost:9999", name, "new", "old"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
