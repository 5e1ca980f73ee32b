// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps every core of this machine busy, from processes of their own. */
public final class BusyMachine implements Closeable {
    private final List<Process> processes = new ArrayList<>();

    public BusyMachine() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            processes.add(new ProcessBuilder(
                            Children.JAVA,
                            "-XX:+UseSerialGC",
                            "-Xmx16m",
                            "-cp",
                            Children.CLASSPATH,
                            BusyMachine.class.getName())
                    .start());
        }
    }

    /** Counts until whoever began it is gone. */
    public static void main(String[] args) throws IOException {
        Thread counting = new Thread(() -> {
            long count = 0;
            while (count >= 0) {
                count++;
            }
        });
        counting.setDaemon(true);
        counting.start();
        while (System.in.read() >= 0) {
            // nothing is said
        }
    }

    /** How many processes keep it busy. */
    public int processes() {
        return processes.size();
    }

    /** The machine's cores and what waits for them. */
    public static String load() {
        return String.format(
                Locale.ROOT,
                "%d cores, load average %.1f",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
