// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A release with production's source, router, judge and runner. As a program, {@code Release DIR PROMETHEUS RUNTIME start|go-on|go-back},
 * it is what a test can kill.
 */
public final class ReleaseFixture extends TrafficPorts implements AutoCloseable {
    public static final String CONTRACT = """
        apiVersion: release-guard/v1
        release: {service: shop, version: "2", commit: abc, owner: team, rollback: {objective: 20s}}
        metrics:
          - id: MON-001
            name: error rate
            kind: rate
            source: prometheus
            errors: sum(increase(http_requests_total{code=~"5..",track="$track"}[$window]))
            total: sum(increase(http_requests_total{track="$track"}[$window]))
            worse: higher
          - id: MON-002
            name: latency
            kind: latency
            unit: ms
            source: prometheus
            histogram: http_request_duration_seconds_bucket{track="$track"}
            limit: 500ms
            worse: higher
            allow: 50%
        rollout:
          phases: [internal, 25, 100]
          bake: 2s
          maxBake: 5s
          undecided: proceed
          router: haproxy
          interval: 1s
          noData: 20s
          after: 2s
        entries:
          - id: DEP-003
            type: Rollback
            stage: Post-deploy
            title: Error rate
            trigger: too many errors
            metric: MON-001
            threshold: ">10% of requests for 2 seconds"
            procedure: [{traffic: 0}]
            owner: team
        """;

    private final MetricSource source;
    private final String contract;
    private final TrafficRouter router;
    private final Consumer<Event> listener;
    private final RunnerThreads threads = new RunnerThreads();

    public ReleaseFixture(String prometheus, String runtime, Consumer<Event> listener) {
        this(
                prometheus,
                new HaproxyRouter(HaproxySettings.of(runtime, "shop", "canary", "baseline")),
                CONTRACT,
                listener);
    }

    public ReleaseFixture(String prometheus, TrafficRouter router, String contract, Consumer<Event> listener) {
        this.source = new PrometheusSource(PrometheusSettings.of(URI.create(prometheus)));
        this.router = router;
        this.contract = contract;
        this.listener = listener;
    }

    public Runner runner(Path dir) throws IOException, ContractException {
        return runner(dir, contract);
    }

    public Runner runner(Path dir, String contract) throws IOException, ContractException {
        Path file = journal(dir);
        List<Stamped> past = Files.exists(file) ? JournalReader.read(file).events() : List.of();
        Plan plan = Plans.of(
                Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.none()),
                "production",
                PlanOptions.ALONE);
        return new Runner(plan, JournalFile.openUnforced(file), past, this, ReleaseClock.WALL, threads);
    }

    public static Path journal(Path dir) {
        return dir.resolve("journal.jsonl");
    }

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        try (ReleaseFixture release = new ReleaseFixture(args[1], args[2], event -> System.out.println(event))) {
            Runner runner = release.runner(dir);
            if (args[3].equals("start")) {
                runner.startCanary();
            } else {
                List<Stamped> past = JournalReader.read(journal(dir)).events();
                runner.resume(
                        Duration.between(past.get(past.size() - 1).wall(), Instant.now()), "the process was killed");
                if (args[3].equals("go-back")) {
                    runner.rollBack(BreachCause.KILLED, "the service", "the build is gone");
                }
            }
            System.out.println("ended " + runner.ended().get());
        }
        System.exit(0);
    }

    @Override
    public MetricSource source() {
        return source;
    }

    @Override
    public TrafficRouter router() {
        return router;
    }

    @Override
    public void call(String key, String text) {
        // its Done is heard
    }

    @Override
    public void happened(Stamped event, State state) {
        listener.accept(event.event());
    }

    @Override
    public void close() {
        threads.close();
    }
}
