// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.BoundedCall;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import io.jenkins.plugins.releaseguard.testing.OurThreads;
import io.jenkins.plugins.releaseguard.testing.TrafficPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * C1, M1: however many releases there are, sixteen threads are enough for them; with real ones, over real connections. It counts the threads of its JVM,
 * so that no other class may run beside it.
 */
@Isolated
@Timeout(600)
@Tag("slow")
class ThreadsTest {
    private static final int RELEASES = 200;
    private static final int USUAL = 16;
    private static final int MINUTES = 4;
    private static final Pattern SET = Pattern.compile("set server (r\\d+)/(new|old) weight (\\d+)");

    @TempDir
    Path dir;

    private final OurThreads ours = new OurThreads();
    private final RunnerThreads threads = new RunnerThreads();
    private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(1);
    private final Map<String, Integer> weights = new ConcurrentHashMap<>();
    private FakeRuntimeApi haproxy;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        haproxy = new FakeRuntimeApi(this::answer);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 300);
        // a source that takes its time, and holds no thread of the test either
        server.createContext(
                "/",
                exchange -> answers.schedule(
                        () -> {
                            exchange.sendResponseHeaders(200, 2);
                            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
                            exchange.close();
                            return null;
                        },
                        1,
                        TimeUnit.SECONDS));
        server.start();
        answers.scheduleWithFixedDelay(ours::count, 0, 10, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void end() throws Exception {
        answers.shutdownNow();
        threads.close();
        server.stop(0);
        haproxy.close();
    }

    private static final Pattern STATE = Pattern.compile("show servers state ([^;]+)");

    private String answer(String line) {
        if (line.startsWith("show stat")) {
            StringBuilder table = new StringBuilder("# pxname,svname,scur,stot,status,weight,bck\n");
            for (int i = 0; i < RELEASES; i++) {
                for (String side : List.of("old", "new")) {
                    String name = "r" + i + "/" + side;
                    table.append("r" + i + "," + side + ",0,7,UP," + weights.getOrDefault(name, 0) + ",0\n");
                }
            }
            Matcher asked = STATE.matcher(line);
            return table + "\n" + (asked.find() ? FakeRuntimeApi.fit(asked.group(1), "new") : "");
        }
        Matcher set = SET.matcher(line);
        while (set.find()) {
            weights.put(set.group(1) + "/" + set.group(2), Integer.parseInt(set.group(3)));
        }
        return "\n";
    }

    /** One of many services; its source and its router are slow, its listeners hold a thread for a moment. */
    private final class World extends TrafficPorts {
        private final TrafficRouter router;
        private final String source;
        private final CountDownLatch looked = new CountDownLatch(2);

        World(int number) {
            source = "slow source " + number;
            weights.put("r" + number + "/old", 100);
            router = new HaproxyRouter(HaproxySettings.of(haproxy.address(), "r" + number, "new", "old")
                    .withTimeout(Duration.ofSeconds(30)));
        }

        @Override
        public MetricSource source() {
            return new MetricSource() {
                @Override
                public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
                    throw new AssertionError("it can be asked without a thread");
                }

                @Override
                public CompletableFuture<List<Event.Sample>> readAsync(
                        List<Metric> metrics, Instant from, Instant to, Executor blocking) {
                    Scope scope = new Scope();
                    return scope.answer(scope.start(() -> new BoundedCall(SharedClient.get(), 1000)
                                    .start(
                                            new Request.Builder()
                                                    .url("http://127.0.0.1:"
                                                            + server.getAddress()
                                                                    .getPort()
                                                            + "/")
                                                    .build(),
                                            Duration.ofSeconds(30)))
                            .thenApply(reply -> List.of(Event.Sample.rate("MON-001", 1, 1000, 1, 1000))));
                }

                @Override
                public String destination() {
                    return source;
                }
            };
        }

        @Override
        public TrafficRouter router() {
            return router;
        }

        @Override
        public void happened(Stamped event, State state) {
            if (event.event() instanceof Event.Looked) {
                looked.countDown();
            }
        }
    }

    @Test
    void sixteenThreadsAreEnoughForTwoHundredReleases() throws Exception {
        Plan plan = RunnerWorld.plan(RunnerWorld.CONTRACT
                .replace("phases: [internal, 50, 100]", "phases: [50, 100]")
                .replace("bake: 1s", "bake: 10m")
                .replace("maxBake: 30s", "maxBake: 20m")
                .replace("interval: 1s", "interval: 5s")
                .replace("noData: 8s", "noData: 5m")
                .replace("after: 1s", "after: 1m")
                .replace("objective: 5s", "objective: 5m"));
        List<World> worlds = new ArrayList<>();
        List<Runner> runners = new ArrayList<>();
        for (int i = 0; i < RELEASES; i++) {
            World world = new World(i);
            worlds.add(world);
            JournalFile journal = JournalFile.open(dir.resolve(i + ".jsonl"));
            runners.add(new Runner(plan, journal, List.of(), world, ReleaseClock.WALL, threads));
        }
        runners.forEach(Runner::startCanary);
        for (World world : worlds) {
            assertThat(world.looked.await(MINUTES, TimeUnit.MINUTES)).isTrue();
        }
        runners.forEach(runner -> runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad"));
        for (Runner runner : runners) {
            assertThat(runner.ended().get(MINUTES, TimeUnit.MINUTES).confirmed())
                    .isTrue();
        }
        for (int i = 0; i < RELEASES; i++) {
            assertThat(weights.get("r" + i + "/new")).isZero();
        }
        // on a machine that is busy enough even what is short may take a second
        assertThat(ours.most())
                .as("%s", ours)
                .isBetween(5, USUAL + threads.lanes().mostBeyondUsual());
    }
}
