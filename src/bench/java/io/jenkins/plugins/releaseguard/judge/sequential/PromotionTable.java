// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease;
import io.jenkins.plugins.releaseguard.testing.SimulatedRolloutFixture;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How long a harmless canary takes, by phase and traffic, until it may be promoted: two of {@link SimulationTable}'s tables. */
final class PromotionTable {
    private static final JudgeConfig CONFIG = SimulationTable.CONFIG;
    private static final double ERRORS = SimulationTable.ERRORS;

    /** Looks after which the wait for a promotion is given up: four hours. */
    private static final int WAIT = 480;

    private PromotionTable() {}

    /** How long a harmless canary takes until each phase may be left. */
    static void promotions(int runs, long seed) {
        System.out.println();
        System.out.println(
                "| share | margin | all ten metrics pass within 15 min % | within 60 min % | median minutes | "
                        + "slowest metrics |");
        System.out.println("|---:|---:|---:|---:|---:|---|");
        for (int p = 0; p < 4; p++) {
            double[] minutes = new double[runs];
            int[] slowest = new int[CONFIG.metrics().size()];
            for (int i = 0; i < runs; i++) {
                SimulatedRelease release = new SimulatedRelease(seed + i, ERRORS);
                WatchState s = Watch.start(CONFIG);
                minutes[i] = Double.POSITIVE_INFINITY;
                for (int k = 1; k <= 120 && Double.isInfinite(minutes[i]); k++) {
                    WatchStep step = Watch.look(
                            CONFIG,
                            s,
                            release.look(p, SimulatedRolloutFixture.SHARES.get(p), SimulatedRelease.Harm.NONE));
                    s = step.state();
                    List<MetricFinding> open = step.verdict().findings().stream()
                            .filter(f -> f.verdict() != Verdict.PASS)
                            .toList();
                    if (open.isEmpty()) {
                        minutes[i] = k / 2.0;
                    } else if (k == SimulatedRolloutFixture.LOOKS) {
                        open.forEach(f -> slowest[index(f.id())]++);
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | ×%s | %.1f | %.1f | %.1f | %s |%n",
                    Quantity.percent(SimulatedRolloutFixture.SHARES.get(p)),
                    Quantity.number(CONFIG.multiplier(p)),
                    100.0 * Arrays.stream(minutes).filter(v -> v <= 15).count() / runs,
                    100.0 * Arrays.stream(minutes).filter(v -> v <= 60).count() / runs,
                    SimulatedRolloutFixture.Tally.median(minutes),
                    worst(slowest, runs));
        }
    }

    /** Minutes until a harmless canary may leave a phase, by share and requests a second: all ten metrics, and the usual two. */
    static void waits(int runs, long seed) {
        double[] rates = {10, 30, 100, 1000};
        System.out.println();
        System.out.println("| share | margins | 10 requests/s | 30 | 100 | 1000 |");
        System.out.println("|---:|---|---:|---:|---:|---:|");
        for (int p = 0; p < 4; p++) {
            StringBuilder row = new StringBuilder(String.format(
                    Locale.ROOT,
                    "| %s | errors ×%.0f, latency +%.0f %% |",
                    Quantity.percent(SimulatedRolloutFixture.SHARES.get(p)),
                    1 + SimulationTable.margin(0, p),
                    100 * SimulationTable.margin(5, p)));
            for (double rate : rates) {
                double[] two = new double[runs];
                double[] ten = new double[runs];
                for (int i = 0; i < runs; i++) {
                    double[] minutes = wait(new SimulatedRelease(seed + i, ERRORS, rate), p);
                    two[i] = minutes[0];
                    ten[i] = minutes[1];
                }
                row.append(' ')
                        .append(minutes(two))
                        .append(" (")
                        .append(minutes(ten))
                        .append(") |");
            }
            System.out.println(row);
            System.out.flush();
        }
    }

    private static String minutes(double[] of) {
        double median = SimulatedRolloutFixture.Tally.median(of);
        return Double.isInfinite(median) ? "> " + WAIT / 2 : String.format(Locale.ROOT, "%.0f", median);
    }

    private static double[] wait(SimulatedRelease release, int phase) {
        double[] minutes = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        WatchState s = Watch.start(CONFIG);
        for (int k = 1; k <= WAIT && Double.isInfinite(minutes[1]); k++) {
            WatchStep step = Watch.look(
                    CONFIG,
                    s,
                    release.look(phase, SimulatedRolloutFixture.SHARES.get(phase), SimulatedRelease.Harm.NONE));
            s = step.state();
            List<MetricFinding> f = step.verdict().findings();
            if (f.get(0).verdict() == Verdict.PASS && f.get(5).verdict() == Verdict.PASS) {
                minutes[0] = Math.min(minutes[0], k / 2.0);
            }
            if (f.stream().allMatch(x -> x.verdict() == Verdict.PASS)) {
                minutes[1] = k / 2.0;
            }
        }
        return minutes;
    }

    private static int index(String id) {
        return IntStream.range(0, CONFIG.metrics().size())
                .filter(i -> CONFIG.metrics().get(i).id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String worst(int[] open, int runs) {
        return IntStream.range(0, open.length)
                .boxed()
                .filter(i -> open[i] > 0.05 * runs)
                .sorted((a, b) -> open[b] - open[a])
                .limit(3)
                .map(i -> CONFIG.metrics().get(i).id() + " " + Math.round(100.0 * open[i] / runs) + " %")
                .reduce((a, b) -> a + ", " + b)
                .orElse("–");
    }
}
