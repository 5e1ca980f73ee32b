// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.haproxy.RuntimeEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.History;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.PrometheusEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Scraper;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import io.jenkins.plugins.releaseguard.testing.measure.BusyMachine;
import io.jenkins.plugins.releaseguard.testing.measure.RollbackFigures;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Rollbacks on a machine kept busy, in rounds of ten: each release has two versions of a service under load behind a proxy of its own, and
 * the canary's errors rise at 50 %. In each round one release runs in a process that is killed about its breach and started again.
 * Arguments: how many rollbacks (200), the folder for their journals (a temporary one).
 */
public final class RehearsedRollbacks {
    private static final int ROUND = 10;
    private static final double LOAD = 40;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 20;

    /** A kill comes so long after the canary's errors rose, or after its breach is on the disk. */
    private static final int AFTER_FAULT_MILLIS = 4000;

    private static final int AFTER_BREACH_MILLIS = 800;
    private static final double FAULTY_AT = 25;

    private final Random random = new Random(8);
    private final Path dir;

    private RehearsedRollbacks(Path dir) {
        this.dir = dir;
    }

    public static void main(String[] args) throws Exception {
        int rollbacks = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        Path dir = args.length > 1 ? Files.createDirectories(Path.of(args[1])) : Files.createTempDirectory("rollbacks");
        RollbackFigures figures = new RollbackFigures();
        try (BusyMachine busy = new BusyMachine()) {
            System.out.println("kept busy by " + busy.processes() + " processes, and whoever else is there");
            RehearsedRollbacks measured = new RehearsedRollbacks(dir);
            for (int round = 0; round * ROUND < rollbacks; round++) {
                measured.round(round);
                for (int i = 0; i < ROUND; i++) {
                    figures.add(measured.folder(round, i).resolve(RehearsedController.JOURNAL));
                }
                System.out.println("round " + round + ": " + BusyMachine.load());
            }
        }
        figures.lines().forEach(System.out::println);
        System.exit(0);
    }

    private Path folder(int round, int release) {
        return dir.resolve("round-" + round).resolve("release-" + release);
    }

    private void round(int round) throws Exception {
        List<Service> services = new ArrayList<>();
        List<Process> processes = new ArrayList<>();
        try {
            List<Path> folders = new ArrayList<>();
            for (int i = 0; i < ROUND; i++) {
                Service service = new Service();
                services.add(service);
                folders.add(Files.createDirectories(folder(round, i)));
                Files.writeString(
                        folders.get(i).resolve(RehearsedController.ADDRESSES),
                        service.addresses(),
                        StandardCharsets.UTF_8);
            }
            processes.add(controller(folders.subList(1, ROUND)));
            Process killed = controller(folders.subList(0, 1));
            processes.add(killed);
            awaitTheTime(round, services.get(0), folders.get(0).resolve(RehearsedController.JOURNAL));
            killed.destroyForcibly().waitFor();
            processes.add(controller(folders.subList(0, 1)));
            for (Process process : processes) {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    System.out.println("round " + round + " did not end");
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
            for (Service service : services) {
                service.close();
            }
        }
    }

    /** In every other round before the breach is known, as chance has it, and right after it in the others. */
    private void awaitTheTime(int round, Service service, Path journal) throws IOException, InterruptedException {
        boolean known = round % 2 == 1;
        Instant until = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(until)
                && !(known
                        ? says(journal, "\"type\":\"breached\"")
                        : service.world.proxy().canaryShare() > FAULTY_AT)) {
            Thread.sleep(POLL_MILLIS);
        }
        Thread.sleep(random.nextInt(known ? AFTER_BREACH_MILLIS : AFTER_FAULT_MILLIS));
    }

    private static boolean says(Path journal, String text) throws IOException {
        return Files.exists(journal)
                && Files.readString(journal, StandardCharsets.UTF_8).contains(text);
    }

    private static Process controller(List<Path> folders) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RehearsedController.class.getName()));
        folders.forEach(folder -> command.add(folder.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Two versions behind a proxy, and what tells of them. */
    private static final class Service implements Closeable {
        private final World world;
        private final Scraper scraper;
        private final PrometheusEndpoint prometheus;
        private final RuntimeEndpoint haproxy;

        Service() throws IOException {
            VirtualClock clock = new VirtualClock(Instant.now(), 1);
            world = new World(Scenario.BREACH, clock, Duration.ofSeconds(2), 0);
            History history = new History(Duration.ofHours(1).toMillis());
            scraper = new Scraper(world.proxy(), Family.USUAL, history, clock, Duration.ofMillis(250));
            prometheus = new PrometheusEndpoint(0, history, clock, () -> false);
            haproxy = new RuntimeEndpoint(0, world.proxy(), RehearsedController.BACKEND);
            world.load(LOAD);
        }

        String addresses() {
            return "http://127.0.0.1:" + prometheus.port() + "\n127.0.0.1:" + haproxy.port() + "\n";
        }

        @Override
        public void close() throws IOException {
            world.close();
            scraper.close();
            prometheus.close();
            haproxy.close();
        }
    }
}
