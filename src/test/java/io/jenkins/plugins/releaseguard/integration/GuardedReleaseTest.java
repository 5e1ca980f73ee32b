// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.testing.ReleaseFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole releases on a real Prometheus and a real HAProxy, under load; the proxy's and the services' own counters are the judges. */
@Tag("integration")
class GuardedReleaseTest {
    @TempDir
    static Path base;

    private static ServicesFixture world;

    @TempDir
    Path dir;

    private final List<Event> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("prometheus", "haproxy");
        world = new ServicesFixture(base);
        world.startServices();
        world.startPrometheus("300ms");
        world.startHaproxy();
        world.startLoad(4, 8);
        world.awaitCounted();
    }

    @AfterAll
    static void stop() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void healthy() throws Exception {
        ServicesFixture.fault(world.canary(), 0.01, 0);
        ServicesFixture.fault(world.baseline(), 0.01, 0);
        world.router().shift(0);
    }

    private Event.Ended run() throws Exception {
        return run(ReleaseFixture.CONTRACT);
    }

    private Event.Ended run(String contract) throws Exception {
        try (ReleaseFixture release = new ReleaseFixture(world.prometheus(), world.runtime(), events::add)) {
            Runner runner = release.runner(dir, contract);
            runner.startCanary();
            return runner.ended().get(6, TimeUnit.MINUTES);
        }
    }

    private <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <E extends Event> E last(Class<E> type) {
        List<E> all = of(type);
        assertThat(all).as(type.getSimpleName()).isNotEmpty();
        return all.get(all.size() - 1);
    }

    @Test
    void aHealthyVersionIsPromoted() throws Exception {
        Event.Ended ended = run();
        assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.router().read().weight()).isEqualTo(100);
        assertThat(of(Event.PhaseEnded.class)).hasSize(3);
        assertThat(of(Event.Looked.class))
                .anyMatch(l -> l.error() == null
                        && l.samples().stream()
                                .allMatch(s -> s.missing() == null && s.canaryTotal() > 0 && s.baselineTotal() > 0));
    }

    /**
     * F1: half of the new version's requests fail, and the metric's name is misspelt. The targets are up, the router counts requests, and
     * who may proceed undecided may not without evidence.
     */
    @ParameterizedTest
    @ValueSource(strings = {"[internal, 25, 100]", "[10, 100]", "[100]"})
    void aReleaseWhoseMetricNobodyExportsIsNotBegun(String phases) throws Exception {
        ServicesFixture.fault(world.canary(), 0.5, 0);
        String typo = ReleaseFixture.CONTRACT
                .replace("http_requests_total", "http_request_total")
                .replace("http_request_duration_seconds_bucket", "http_requests_duration_seconds_bucket")
                .replace("[internal, 25, 100]", phases);
        isNotBegun(
                typo,
                "total: no series http_request_total{track=\"baseline\"}, and none of that name at all; near to it:"
                        + " http_requests_total");
        assertThat(last(Event.Ended.class).reason())
                .contains("MON-002, histogram: no series http_requests_duration_seconds_bucket");
    }

    /** F1, F12: what is there under other labels, or of another unit. */
    @ParameterizedTest(name = "{1} instead of {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "track=\"$track\"}[$window]|track=\"$track\",job=\"nowhere\"}[$window]|the name is there with {job=",
                "unit: ms|unit: ms, bucketUnit: ns|so what exceeds it can't be counted"
            })
    void aReleaseWhoseMetricMeansSomethingElseIsNotBegun(String written, String instead, String said) throws Exception {
        isNotBegun(ReleaseFixture.CONTRACT.replace(written, instead.replace(", bucketUnit", "\n    bucketUnit")), said);
    }

    @Test
    void aReleaseWhoseMetricSeesLessThanHalfOfTheRoutersRequestsIsNotBegun() throws Exception {
        isNotBegun(
                ReleaseFixture.CONTRACT
                        .replaceFirst("(?s)  - id: MON-002.*?(?=rollout:)", "")
                        .replace("http_requests_total{track=", "http_requests_total{code=\"500\",track="),
                "less than half isn't believed");
    }

    private void isNotBegun(String contract, String said) throws Exception {
        Event.Ended ended = run(contract);
        assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.HALTED);
        assertThat(ended.reason()).contains("was not begun").contains(said);
        assertThat(world.router().read().weight()).isZero();
        assertThat(of(Event.Noted.class)).anyMatch(n -> n.text().startsWith("Before any traffic moves: MON-00"));
        assertThat(of(Event.Armed.class)).isEmpty();
        assertThat(of(Event.PhaseStarted.class)).isEmpty();
    }

    @Test
    void aBreachAtAQuarterGoesBackAndNoRequestReachesTheCanaryAfterTheConfirmation() throws Exception {
        Thread fault = new Thread(() -> {
            try {
                world.children.await(
                        "the bake at 25 %",
                        () -> of(Event.BakeStarted.class).stream().anyMatch(b -> b.phase() == 1));
                ServicesFixture.fault(world.canary(), 0.5, 0);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        fault.start();
        Event.Ended ended = run();
        fault.join();
        assertThat(ended.verdict()).as("%s", events).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(ended.confirmed()).isTrue();
        assertThat(last(Event.PhaseStarted.class).weight()).as("%s", events).isEqualTo(25);
        Event.RollbackConfirmed confirmed = last(Event.RollbackConfirmed.class);
        assertThat(confirmed.withinObjective()).isTrue();

        int index = events.indexOf(confirmed);
        Event.RouterRead reading = events.subList(0, index).stream()
                .filter(Event.RouterRead.class::isInstance)
                .map(Event.RouterRead.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(reading.weight()).isZero();
        double served = ServicesFixture.counted(world.baseline(), null);
        world.children.await("300 more requests", () -> ServicesFixture.counted(world.baseline(), null) > served + 300);
        RouterReading now = world.router().read();
        assertThat(now.canaryRequests()).isEqualTo(reading.canaryRequests());
        assertThat(now.baselineRequests()).isGreaterThan(reading.baselineRequests());
        assertThat(now.baselineServing()).isTrue();
    }

    @Test
    void aKilledReleaseIsTakenUpAgainThoughTheProxyForgotItsWeight() throws Exception {
        killAtAQuarter();
        world.reloadHaproxy();
        assertThat(world.router().read().weight()).isZero();
        afterwards("go-on");
        assertThat(last(Event.Ended.class).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(of(Event.PhaseEnded.class))
                .extracting(Event.PhaseEnded::phase)
                .containsExactly(0, 1, 2);
        assertThat(world.router().read().weight()).isEqualTo(100);
    }

    @Test
    void aKilledReleaseGoesBackWhereSoConfigured() throws Exception {
        killAtAQuarter();
        assertThat(world.router().read().weight()).isEqualTo(25);
        afterwards("go-back");
        assertThat(last(Event.Ended.class).verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(last(Event.Ended.class).confirmed()).isTrue();
        assertThat(of(Event.PhaseStarted.class)).noneMatch(p -> p.weight() > 25);
        assertThat(world.router().read().weight()).isZero();
    }

    private Process release(String how) throws Exception {
        return world.children.java(
                "release-" + how, ReleaseFixture.class, dir.toString(), world.prometheus(), world.runtime(), how);
    }

    /** Kill -9 in the middle of a bake. */
    private void killAtAQuarter() throws Exception {
        Process process = release("start");
        world.children.await(
                "the bake at 25 %",
                () -> Files.exists(ReleaseFixture.journal(dir))
                        && Files.readString(ReleaseFixture.journal(dir))
                                .contains("\"type\":\"bake-started\",\"phase\":1"));
        process.destroyForcibly().waitFor();
    }

    private void afterwards(String how) throws Exception {
        Process process = release(how);
        assertThat(process.waitFor(6, TimeUnit.MINUTES))
                .as(world.children.output("release-" + how))
                .isTrue();
        List<Event> all = new ArrayList<>();
        for (Stamped stamped : JournalReader.read(ReleaseFixture.journal(dir)).events()) {
            all.add(stamped.event());
        }
        events.addAll(all);
        assertThat(of(Event.Resumed.class)).hasSize(1);
    }
}
