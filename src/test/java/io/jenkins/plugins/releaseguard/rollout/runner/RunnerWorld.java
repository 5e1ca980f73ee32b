// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A service with a router and a source of its own, each of which can go deaf: it hangs then, and hears no interrupt. */
class RunnerWorld implements Ports, AutoCloseable {
    static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2", commit: abc, owner: team, rollback: {objective: 5s}}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: p, errors: "e", total: "t", worse: higher}
            rollout:
              phases: [internal, 50, 100]
              bake: 1s
              maxBake: 30s
              undecided: proceed
              router: r
              interval: 1s
              noData: 8s
              after: 1s
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">10% of requests for 1 second"
                procedure: [{traffic: 0}]
                owner: team
            """;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int WAKES_OF_A_BODY = 3;

    final String name;
    final CountDownLatch end = new CountDownLatch(1);
    final AtomicInteger hanging = new AtomicInteger();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile boolean sourceDeaf;
    volatile boolean namesDeaf;
    volatile boolean holdsNoThread;
    volatile boolean routerDeaf;
    volatile boolean probesDeaf;
    volatile boolean listenerDeaf;
    volatile boolean routerSilent;
    volatile double weight;
    volatile int bodies;
    private volatile int readings;
    private final AtomicInteger wakes = new AtomicInteger();

    /** @param name of its source and its router */
    RunnerWorld(String name) {
        this.name = name;
    }

    static Plan plan(String contract) throws Exception {
        return plan(contract, PlanOptions.ALONE);
    }

    /** With a body in each phase. */
    static Plan planWithBodies(String contract) throws Exception {
        return plan(contract, new PlanOptions(Plan.Movement.ROUTER, true, false, true, 1, false));
    }

    private static Plan plan(String contract, PlanOptions options) throws Exception {
        return Plans.of(
                Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.none()), "production", options);
    }

    /** A release of the usual contract, its journal in this folder, that has half of the traffic. */
    Runner started(Path dir, ReleaseClock clock, RunnerThreads threads) throws Exception {
        Runner runner = new Runner(
                plan(CONTRACT), JournalFile.open(dir.resolve("journal.jsonl")), List.of(), this, clock, threads);
        runner.startCanary();
        await(50);
        return runner;
    }

    /** Until the traffic is so and the runner has seen it. */
    void await(double wanted) {
        Awaitility.await("a weight of " + wanted + " that was read back")
                .atMost(LIMIT)
                .until(() -> weight == wanted && readings > 0);
    }

    private void hang(boolean deaf) {
        if (!deaf) {
            return;
        }
        hanging.incrementAndGet();
        while (true) {
            try {
                end.await();
                return;
            } catch (InterruptedException e) {
                // it hears none
            }
        }
    }

    @Override
    public void close() {
        end.countDown();
    }

    @Override
    public MetricSource source() {
        return new MetricSource() {
            @Override
            public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
                hang(sourceDeaf);
                double canary = 1000 * weight / 100;
                double baseline = 1000 - canary;
                return List.of(Event.Sample.rate("MON-001", canary * 0.001, canary, baseline * 0.001, baseline));
            }

            @Override
            public CompletableFuture<List<Event.Sample>> readAsync(
                    List<Metric> metrics, Instant from, Instant to, Executor blocking) {
                return holdsNoThread
                        ? CompletableFuture.completedFuture(read(metrics, from, to))
                        : MetricSource.super.readAsync(metrics, from, to, blocking);
            }

            @Override
            public String destination() {
                hang(namesDeaf);
                return "source " + name;
            }
        };
    }

    @Override
    public TrafficRouter router() {
        return new TrafficRouter() {
            @Override
            public void shift(double wanted) {
                hang(routerDeaf);
                weight = wanted;
                readings = 0;
            }

            @Override
            public RouterReading read() {
                hang(routerDeaf);
                readings++;
                return routerSilent ? null : new RouterReading(weight, 7, 7, 0, true);
            }

            @Override
            public String destination() {
                return "router " + name;
            }
        };
    }

    /** It runs for a few wakes. */
    @Override
    public void runBody(Runner runner, Effect.RunBody body) {
        bodies = wakes.incrementAndGet();
        if (bodies % WAKES_OF_A_BODY == 0) {
            runner.bodyEnded(body, null);
        }
    }

    @Override
    public void act(String key, String entry, ActionSpec action) {
        throw new AssertionError("the procedure only moves traffic");
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) {
        hang(probesDeaf);
        return new Event.Validated(entry.id(), entry.title(), EvidenceStatus.PASS, null, null, "well");
    }

    @Override
    public void call(String key, String text) {
        calls.add(text);
    }

    @Override
    public void happened(Stamped event, State state) {
        events.add(event.event());
        hang(listenerDeaf);
    }
}
