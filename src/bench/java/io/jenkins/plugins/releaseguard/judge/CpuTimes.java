// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The benchmark's operations by CPU time of their thread instead of time on the wall, for machines that do other work: the
 * median of repetitions after a warm-up, as microseconds and as a ratio to our own rank test.
 */
public final class CpuTimes {
    private CpuTimes() {}

    public static void main(String[] args) {
        System.out.println("| samples a side | operation | µs of CPU | times our rank test |");
        System.out.println("|---:|---|---:|---:|");
        int[] sizes = args.length > 0
                ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray()
                : new int[] {100, 1_000, 10_000, 100_000, 1_000_000};
        for (int samples : sizes) {
            JudgeBenchmark b = new JudgeBenchmark();
            b.samples = samples;
            b.draw();
            Map<String, Supplier<Object>> ops = new LinkedHashMap<>();
            ops.put("rank test", b::rankTest);
            ops.put("rank test of commons-statistics", b::rankTestOfCommonsStatistics);
            ops.put("Hodges-Lehmann shift and interval", b::rankTestAndShift);
            if (samples <= 10_000) {
                ops.put("Kayenta's algorithm", b::kayenta);
            }
            ops.put("a look of one metric, watched", b::oneMetricALook);
            ops.put("ten metrics once", b::tenMetricsOnce);
            double[] ours = {0};
            ops.forEach((name, op) -> {
                double micros = micros(op, samples);
                ours[0] = ours[0] == 0 ? micros : ours[0];
                System.out.printf(
                        Locale.ROOT, "| %d | %s | %.0f | %.2f |%n", samples, name, micros, micros / ours[0]);
            });
        }
    }

    private static double micros(Supplier<Object> op, int samples) {
        int warm = Math.max(2, Math.min(500, 500_000 / samples));
        int sink = 0;
        for (int i = 0; i < warm; i++) {
            sink += op.get().hashCode();
        }
        double[] times = new double[Math.max(3, Math.min(50, 50_000 / samples))];
        for (int i = 0; i < times.length; i++) {
            long t = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            sink += op.get().hashCode();
            times[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - t) / 1e3;
        }
        Arrays.sort(times);
        return Ranks.median(times) + (sink == 42 ? 1e-9 : 0);
    }
}
