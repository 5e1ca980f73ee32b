// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.CountedJournals;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.TrafficPorts;
import io.jenkins.plugins.releaseguard.testing.measure.FakeFleet;
import io.jenkins.plugins.releaseguard.testing.measure.FleetContract;
import io.jenkins.plugins.releaseguard.testing.measure.FleetFigures;
import io.jenkins.plugins.releaseguard.testing.measure.ProcessLoad;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Many releases that bake at once on the real runner, with journals in files, sources and routers over sockets: three metrics each, a
 * look every 30 s, every tenth source slow. Prints what that takes, and how late the looks are.
 * Arguments: how many releases (1000), for how many minutes (10), the folder for their journals (a temporary one).
 */
public final class ThousandReleases {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long WARM_UP_SECONDS = 90;
    private static final double HOUR = 3600;

    private ThousandReleases() {}

    public static void main(String[] args) throws Exception {
        int releases = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        double minutes = args.length > 1 ? Double.parseDouble(args[1]) : 10;
        Path dir = args.length > 2 ? Files.createDirectories(Path.of(args[2])) : Files.createTempDirectory("releases");
        try (FakeFleet fleet = FakeFleet.start();
                RunnerThreads threads = new RunnerThreads()) {
            measure(fleet, threads, dir, releases, Duration.ofMillis((long) (minutes * 60_000)));
        }
        System.exit(0);
    }

    private static void measure(FakeFleet fleet, RunnerThreads threads, Path dir, int releases, Duration span)
            throws Exception {
        CountedJournals journals = new CountedJournals();
        // what is made once, whatever is watched
        run(fleet, threads, journals, dir, releases).get(0).detach();
        ProcessLoad empty = ProcessLoad.now();
        List<Runner> runners = new ArrayList<>();
        for (int i = 0; i < releases; i++) {
            runners.addAll(run(fleet, threads, journals, dir, i));
        }
        Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS).toMillis());
        ProcessLoad begin = ProcessLoad.now();
        Instant from = Instant.now();
        long forces = journals.forces();
        double forcing = journals.seconds();
        long bytes = bytes(dir);
        Thread.sleep(span.toMillis());
        Instant to = Instant.now();
        double seconds = Duration.between(from, to).toNanos() / 1e9;
        print(
                "%.1f forces a second, of %.1f ms each; %.0f bytes an hour and release",
                (journals.forces() - forces) / seconds,
                1000 * (journals.seconds() - forcing) / (journals.forces() - forces),
                (bytes(dir) - bytes) / seconds * HOUR / releases);
        ProcessLoad end = ProcessLoad.now();
        print("over the measured time:");
        end.since(begin).forEach(ThousandReleases::print);
        print("against the empty process:");
        end.since(empty).forEach(ThousandReleases::print);
        threads.lanes().loads().forEach(load -> print("%s", load));
        runners.forEach(Runner::detach);
        Thread.sleep(PATIENCE.toMillis());
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < releases; i++) {
            files.add(file(dir, i));
        }
        FleetFigures.of(files, from, to, INTERVAL).lines().forEach(ThousandReleases::print);
    }

    private static Path file(Path dir, int number) {
        return dir.resolve(Integer.toString(number)).resolve("journal.jsonl");
    }

    private static List<Runner> run(
            FakeFleet fleet, RunnerThreads threads, CountedJournals journals, Path dir, int number) throws Exception {
        Plan plan = Plans.of(
                Catalog.STANDARD
                        .reader()
                        .parse(
                                FleetContract.of(Integer.toString(number), "prom", "proxy"),
                                "release.yaml",
                                Variables.none()),
                "production",
                PlanOptions.ALONE);
        Runner runner = new Runner(
                plan,
                journals.open(file(dir, number)),
                State.NEW,
                new World(fleet, number),
                ReleaseClock.WALL,
                threads);
        runner.startCanary();
        return List.of(runner);
    }

    private static long bytes(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void print(String text, Object... values) {
        System.out.println(values.length == 0 ? text : String.format(Locale.ROOT, text, values));
    }

    /** What one release sees of the fleet. */
    private static final class World extends TrafficPorts {
        private final MetricSource source;
        private final TrafficRouter router;

        World(FakeFleet fleet, int number) {
            source = new PrometheusSource(
                    PrometheusSettings.of(URI.create(fleet.addresses().prometheusUrl(number)))
                            .withTimeout(PATIENCE));
            router = new HaproxyRouter(HaproxySettings.of(
                    fleet.addresses().haproxyAddress(number), FakeFleet.backend(number), "canary", "baseline"));
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
            print("CALLED: " + text);
        }
    }
}
