// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** {@link LintBenchmark} by CPU time of its thread, for machines that do other work: the median after a warm-up. */
public final class LintCpuTimes {
    private LintCpuTimes() {}

    public static void main(String[] args) throws ContractException {
        System.out.println("| entries | ms of CPU to read and lint |");
        System.out.println("|---:|---:|");
        for (int entries : new int[] {20, 200, 2_000}) {
            LintBenchmark benchmark = new LintBenchmark();
            benchmark.entries = entries;
            benchmark.write();
            double[] times = new double[15];
            for (int i = -30; i < times.length; i++) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                if (benchmark.readAndLint().isEmpty()) {
                    throw new IllegalStateException("nothing found: not what is measured");
                }
                if (i >= 0) {
                    times[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
                }
            }
            Arrays.sort(times);
            System.out.printf(Locale.ROOT, "| %d | %.1f |%n", entries, times[times.length / 2]);
        }
    }
}
