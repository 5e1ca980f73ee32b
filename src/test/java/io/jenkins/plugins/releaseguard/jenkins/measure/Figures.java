// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.measure;

import io.jenkins.plugins.releaseguard.testing.measure.ProcessLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;

/** What was measured, on the terminal and in a file below {@code target/measure}. */
final class Figures {
    private final List<String> lines = new ArrayList<>();
    private final String name;

    Figures(String name) {
        this.name = name;
    }

    void say(String line) {
        lines.add(line);
        System.out.println("MEASURED " + line);
    }

    void load(ProcessLoad empty, ProcessLoad begin, ProcessLoad end) {
        say("over the measured time:");
        end.since(begin).forEach(this::say);
        say("against the controller before:");
        end.since(empty).forEach(this::say);
    }

    void write() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "measure"));
        Files.write(folder.resolve(name + ".txt"), lines);
    }

    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    static List<Path> journals(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("journal.jsonl")).toList();
        }
    }

    static int nodes(FlowExecution execution) {
        return new DepthFirstScanner().allNodes(execution).size();
    }
}
