// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The benchmarks' operations by CPU time of their thread instead of time on the wall, for machines that do other work. The
 * operations of a table take turns, so that a slow minute of the machine is slow for all; medians, and ratios of medians.
 */
public final class CpuTimes {
    private static final int ROUNDS = 15;

    /** A turn lasts at least so long, in nanoseconds. */
    private static final long TURN = 20_000_000;

    private CpuTimes() {}

    public static void main(String[] args) {
        tenMetrics();
        growth(Arrays.stream(args).mapToInt(Integer::parseInt).toArray());
        history();
    }

    private static void tenMetrics() {
        TenMetricsBenchmark b = new TenMetricsBenchmark();
        b.samples = 1_000;
        b.draw();
        Map<String, Supplier<Object>> ops = new LinkedHashMap<>();
        ops.put("a look, watched", b::aLook);
        ops.put("once, all tests and the interval", b::once);
        ops.put("commons-statistics, the rank test alone", b::commonsStatistics);
        ops.put("what Kayenta computes, on commons-math", b::kayenta);
        print("ten metrics, 1 000 samples a side", ops);
    }

    private static void growth(int[] given) {
        int[] sizes = given.length > 0 ? given : new int[] {100, 1_000, 10_000, 100_000, 1_000_000};
        for (int samples : sizes) {
            JudgeBenchmark b = new JudgeBenchmark();
            b.samples = samples;
            b.draw();
            Map<String, Supplier<Object>> ops = new LinkedHashMap<>();
            ops.put("rank test", b::rankTest);
            ops.put("rank test of commons-statistics", b::rankTestOfCommonsStatistics);
            ops.put("Hodges-Lehmann shift and interval", b::rankTestAndShift);
            ops.put("a look of one metric, watched", b::oneMetricALook);
            if (samples <= 10_000) {
                ops.put("profile kayenta", b::kayenta);
            }
            print(samples + " samples a side", ops);
        }
    }

    private static void history() {
        for (int samples : new int[] {100, 1_000, 10_000}) {
            Map<String, Supplier<Object>> ops = new LinkedHashMap<>();
            for (int looks : new int[] {1, 100, 10_000}) {
                LookBenchmark b = new LookBenchmark();
                b.samples = samples;
                b.history = looks;
                b.past();
                ops.put("a look of ten metrics after " + looks + " looks", b::look);
            }
            print(samples + " samples a side and look", ops);
        }
    }

    private static void print(String title, Map<String, Supplier<Object>> ops) {
        Map<String, double[]> times = new LinkedHashMap<>();
        ops.keySet().forEach(name -> times.put(name, new double[ROUNDS]));
        ops.values().forEach(CpuTimes::turn);
        for (int round = 0; round < ROUNDS; round++) {
            int at = round;
            ops.forEach((name, op) -> times.get(name)[at] = turn(op));
        }
        System.out.printf("| %s | µs of CPU | ratio |%n|---|---:|---:|%n", title);
        double[] first = {0};
        times.forEach((name, t) -> {
            Arrays.sort(t);
            double micros = Ranks.median(t);
            first[0] = first[0] == 0 ? micros : first[0];
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.2f |%n", name, micros, micros / first[0]);
        });
        System.out.println();
    }

    /** Microseconds of one operation. */
    private static double turn(Supplier<Object> op) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long spent;
        int times = 0;
        int sink = 0;
        do {
            sink += op.get().hashCode();
            times++;
            spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        } while (spent < TURN);
        return spent / 1e3 / times + (sink == 42 ? 1e-9 : 0);
    }
}
