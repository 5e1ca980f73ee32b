// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.runner.Past;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import io.jenkins.plugins.releaseguard.testing.TrafficPorts;
import io.jenkins.plugins.releaseguard.testing.measure.FakeFleet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The releases whose folders are named, begun or gone on with, until all have ended. */
public final class RehearsedController {
    static final String JOURNAL = "journal.jsonl";

    /** Of the Prometheus and the HAProxy, a line each. */
    static final String ADDRESSES = "addresses";

    static final String BACKEND = FakeFleet.backend(0);

    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: checkout, version: "2", commit: abc, owner: team, author: dana}
            metrics:
              - id: MON-001
                name: error rate
                kind: rate
                source: prom
                errors: sum(increase(http_requests_total{code=~"5..",track="$track"}[$window]))
                total: sum(increase(http_requests_total{track="$track"}[$window]))
                worse: higher
                allow: 300%
            rollout: {phases: [10, 50, 100], bake: 2s, maxBake: 6s, undecided: proceed, router: proxy, interval: 1s, noData: 30s, after: 2s}
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">15% of requests for 2 seconds"
                procedure: [{traffic: 0}]
                owner: team
            """;

    private RehearsedController() {}

    public static void main(String[] args) throws Exception {
        List<Runner> runners = new ArrayList<>();
        try (RunnerThreads threads = new RunnerThreads()) {
            for (String folder : args) {
                runners.add(run(Path.of(folder), threads));
            }
            for (Runner runner : runners) {
                runner.ended().get();
                runner.written().get();
            }
        }
        System.exit(0);
    }

    private static Runner run(Path folder, RunnerThreads threads) throws IOException, ContractException {
        Plan plan = Plans.of(
                Catalog.STANDARD.reader().parse(CONTRACT, "release.yaml", Variables.none()),
                "production",
                PlanOptions.ALONE);
        Path file = folder.resolve(JOURNAL);
        Past past = Past.read(plan, file);
        List<String> addresses = Files.readAllLines(folder.resolve(ADDRESSES), StandardCharsets.UTF_8);
        Runner runner = new Runner(
                plan,
                JournalFile.openUnforced(file),
                past.state(),
                new Checkout(addresses.get(0), addresses.get(1)),
                ReleaseClock.WALL,
                threads);
        if (past.last() != null) {
            runner.resume(Duration.between(past.last().wall(), Instant.now()), "it was killed");
        }
        runner.startCanary();
        return runner;
    }

    private static final class Checkout extends TrafficPorts {
        private final MetricSource source;
        private final TrafficRouter router;

        Checkout(String prometheus, String haproxy) {
            source = new PrometheusSource(PrometheusSettings.of(URI.create(prometheus)));
            router = new HaproxyRouter(HaproxySettings.of(haproxy, BACKEND, "canary", "baseline"));
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
            System.out.println("CALLED: " + text);
        }
    }
}
