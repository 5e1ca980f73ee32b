// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What this process takes of the machine: threads, heap after a collection, CPU time. */
public record ProcessLoad(int threads, Map<String, Integer> named, double heapMiB, double cpuSeconds, long nanos)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");
    private static final double MIB = 1 << 20;

    public static ProcessLoad now() throws InterruptedException {
        Map<String, Integer> named = new TreeMap<>();
        Thread.getAllStackTraces()
                .keySet()
                .forEach(t -> named.merge(NUMBERS.matcher(t.getName()).replaceAll("#"), 1, Integer::sum));
        double heap = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(300); // references that wait for their queue
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB);
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new ProcessLoad(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                named,
                heap,
                system.getProcessCpuTime() / 1e9,
                System.nanoTime());
    }

    /** Against an earlier one. */
    public List<String> since(ProcessLoad before) {
        List<String> lines = new ArrayList<>();
        double seconds = (nanos - before.nanos) / 1e9;
        lines.add(String.format(
                Locale.ROOT,
                "heap %.1f MiB (%+.1f), threads %d (%+d), CPU %.1f %% of one core over %.0f s",
                heapMiB,
                heapMiB - before.heapMiB,
                threads,
                threads - before.threads,
                100 * (cpuSeconds - before.cpuSeconds) / seconds,
                seconds));
        named.forEach((name, count) -> {
            int more = count - before.named.getOrDefault(name, 0);
            if (more != 0) {
                lines.add("  " + more + " more " + name);
            }
        });
        return lines;
    }
}
