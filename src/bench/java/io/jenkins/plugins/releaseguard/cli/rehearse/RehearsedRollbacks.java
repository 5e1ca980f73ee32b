// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.testing.measure.BusyMachine;
import io.jenkins.plugins.releaseguard.testing.measure.FakeFleet;
import io.jenkins.plugins.releaseguard.testing.measure.RollbackFigures;
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
 * Rollbacks on a machine kept busy, in rounds of ten, over sockets: each release has a Prometheus and a HAProxy of its own, and the
 * canary's errors rise at 50 %. In each round one release runs in a process that is killed about its breach and started again.
 * Arguments: how many rollbacks (200), the folder for their journals (a temporary one).
 */
public final class RehearsedRollbacks {
    private static final int ROUND = 10;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 20;

    /** A kill comes so long after the canary's errors rose, or after its breach is on the disk. */
    private static final int AFTER_FAULT_MILLIS = 4000;

    private static final int AFTER_BREACH_MILLIS = 800;

    private final Random random = new Random(8);
    private final Path dir;
    private final FakeFleet.Addresses fleet;

    private RehearsedRollbacks(Path dir, FakeFleet.Addresses fleet) {
        this.dir = dir;
        this.fleet = fleet;
    }

    public static void main(String[] args) throws Exception {
        int rollbacks = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        Path dir = args.length > 1 ? Files.createDirectories(Path.of(args[1])) : Files.createTempDirectory("rollbacks");
        RollbackFigures figures = new RollbackFigures();
        try (BusyMachine busy = new BusyMachine();
                FakeFleet fleet = FakeFleet.startFaulty()) {
            System.out.println("kept busy by " + busy.processes() + " processes, and whoever else is there");
            RehearsedRollbacks measured = new RehearsedRollbacks(dir, fleet.addresses());
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
        List<Process> processes = new ArrayList<>();
        try {
            List<Path> folders = new ArrayList<>();
            for (int i = 0; i < ROUND; i++) {
                folders.add(Files.createDirectories(folder(round, i)));
                Files.writeString(
                        folders.get(i).resolve(RehearsedController.ADDRESSES),
                        addresses(round * ROUND + i),
                        StandardCharsets.UTF_8);
            }
            processes.add(controller(folders.subList(1, ROUND)));
            Process killed = controller(folders.subList(0, 1));
            processes.add(killed);
            awaitTheTime(round, folders.get(0).resolve(RehearsedController.JOURNAL));
            killed.destroyForcibly().waitFor();
            processes.add(controller(folders.subList(0, 1)));
            for (Process process : processes) {
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    System.out.println("round " + round + " did not end");
                }
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** In every other round before the breach is known, as chance has it, and right after it in the others. */
    private void awaitTheTime(int round, Path journal) throws IOException, InterruptedException {
        boolean known = round % 2 == 1;
        Instant until = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(until)
                && !says(journal, known ? "\"type\":\"breached\"" : "\"type\":\"phase-started\",\"phase\":1")) {
            Thread.sleep(POLL_MILLIS);
        }
        Thread.sleep(random.nextInt(known ? AFTER_BREACH_MILLIS : AFTER_FAULT_MILLIS));
    }

    private String addresses(int number) {
        int release = number * FakeFleet.SHARE;
        return fleet.prometheusUrl(release) + '\n' + fleet.haproxyAddress(release) + '\n';
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
}
