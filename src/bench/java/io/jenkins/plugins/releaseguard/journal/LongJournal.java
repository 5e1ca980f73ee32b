// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.runner.Past;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.LongRelease;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A bake of a week: a look at three metrics and a reading of the router every 30 s. Prints what it takes on the disk, and how long
 * a restart, a page and a seal take with it, in the thread's CPU time since the machine may do other work; medians.
 */
public final class LongJournal {
    private static final int LOOKS = 20_160;
    private static final int LOOKS_AN_HOUR = 120;
    private static final int ROUNDS = 9;

    static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2", commit: abc, owner: team}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: p, errors: "e", total: "t", worse: higher}
              - {id: MON-002, name: p95 latency, kind: latency, unit: s, source: p, histogram: "h", limit: 500ms, worse: higher, allow: 50%}
              - {id: MON-003, name: refused rate, kind: rate, source: p, errors: "r", total: "t", worse: higher}
            rollout: {phases: [10, 100], bake: 7d, maxBake: 8d, router: r, interval: 30s, after: 1h}
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">10% of requests for 5 minutes"
                procedure: [{traffic: 0}]
                owner: team
            """;

    private LongJournal() {}

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Path dir = Files.createTempDirectory("long-journal");
        Path file = dir.resolve("journal.jsonl");
        long lines = write(file);
        long readings = Files.size(Frames.beside(file));
        Plan plan = Plans.of(
                Catalog.STANDARD.reader().parse(CONTRACT, "release.yaml", Variables.none()),
                "production",
                PlanOptions.ALONE);
        print(
                "%.1f KB an hour, %.1f KB as lines",
                readings / 1000.0 * LOOKS_AN_HOUR / LOOKS, lines / 1000.0 * LOOKS_AN_HOUR / LOOKS);
        print("%d bytes a look with the router's reading, %d as lines", readings / LOOKS, lines / LOOKS);
        print("%.2f bytes a number", (double) readings / numbers());
        print("open to continue: %.0f ms", median(() -> JournalFile.open(file).close()));
        print(
                "read: %.0f ms",
                median(() -> {
                    try (JournalReader reader = JournalReader.open(file)) {
                        reader.forEach(event -> {});
                    }
                }));
        print("read and fold: %.0f ms", median(() -> Past.read(plan, file)));
        print("report: %.0f ms", median(() -> Report.read(file)));
        for (Path path : new Path[] {Frames.beside(file), file, dir}) {
            Files.deleteIfExists(path);
        }
    }

    /** How many bytes the looks and readings would take as lines. */
    private static long write(Path file) throws IOException {
        LongRelease release = new LongRelease(JournalFixture.START);
        long lines = 0;
        try (JournalFile journal = JournalFile.openUnforced(file)) {
            Instant start = JournalFixture.START;
            journal.append(start, start, new Event.Armed(Map.of()));
            journal.append(start, start, new Event.PhaseStarted(0, "10 %", 10, "all"));
            journal.append(start, start, new Event.BakeStarted(0));
            for (int i = 0; i < LOOKS; i++) {
                Instant at = release.at(i);
                Stamped look = journal.append(at, at, release.look(0, i));
                Stamped read = journal.append(at, at, release.read(10));
                lines += JournalLine.write(look, JournalLine.NO_DIGEST).length;
                lines += JournalLine.write(read, JournalLine.NO_DIGEST).length;
            }
        }
        return lines;
    }

    private static long numbers() {
        LongRelease release = new LongRelease(JournalFixture.START);
        long numbers = 0;
        for (int i = 0; i < LOOKS; i++) {
            numbers += LongRelease.numbers(release.look(0, i)) + 4;
        }
        return numbers;
    }

    private static double median(Work work) throws Exception {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            millis[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        }
        print("  the first time, in a cold JVM: %.0f ms", millis[0]);
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    private static void print(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
