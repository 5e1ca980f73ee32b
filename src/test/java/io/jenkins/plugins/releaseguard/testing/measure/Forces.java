// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often a process asks the disk to have what was written, as strace counts it. */
public final class Forces {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\s*\\S+\\s+(\\S+)\\s+\\S+\\s+(\\d+).*(?:fsync|fdatasync)\\s*$");

    private Forces() {}

    /** One line; says so where there is no strace, or where it may not look. */
    public static String of(long process, int seconds) throws InterruptedException {
        try {
            Process strace = new ProcessBuilder(
                            "timeout",
                            "-s",
                            "INT",
                            Integer.toString(seconds),
                            "strace",
                            "--seccomp-bpf",
                            "-f",
                            "-c",
                            "-e",
                            "trace=fsync,fdatasync",
                            "-p",
                            Long.toString(process))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(strace.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            strace.waitFor();
            long calls = 0;
            Matcher row = ROW.matcher(said);
            while (row.find()) {
                calls += Long.parseLong(row.group(2));
            }
            return said.contains("attached")
                    ? String.format(Locale.ROOT, "%.1f forces a second over %d s", (double) calls / seconds, seconds)
                    : "forces not counted: " + said.strip();
        } catch (IOException e) {
            return "forces not counted: " + e.getMessage();
        }
    }
}
