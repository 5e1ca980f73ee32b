// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The command line as a process of its own, as users start it. */
record RehearsalRun(int status, String output, Path out) {
    private static final int MINUTES = 3;

    static RehearsalRun of(Path out, String... arguments) throws IOException, InterruptedException {
        return end(start(out, arguments), out);
    }

    /** The example contract, changed. */
    static Path contract(Path folder, UnaryOperator<String> change) throws IOException {
        String sample = Files.readString(Path.of("release.yaml"));
        String changed = change.apply(sample);
        if (changed.equals(sample)) {
            throw new IllegalArgumentException("the example contract has nothing to change so");
        }
        return Files.writeString(folder.resolve("changed.yaml"), changed);
    }

    static Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "rehearse",
                "--out",
                out.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    static RehearsalRun end(Process process, Path out) throws IOException, InterruptedException {
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("still running: " + output);
            }
            return new RehearsalRun(process.exitValue(), output, out);
        } finally {
            process.destroyForcibly();
        }
    }

    JsonNode report() throws IOException {
        return new ObjectMapper().readTree(out.resolve("report.json").toFile());
    }
}
