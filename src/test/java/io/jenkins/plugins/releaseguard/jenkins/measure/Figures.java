// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.measure;

import io.jenkins.plugins.releaseguard.testing.measure.ProcessLoad;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
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
        long[] bytes = new long[1];
        walk(folder, (file, size) -> bytes[0] += size);
        return bytes[0];
    }

    static List<Path> journals(Path folder) throws IOException {
        List<Path> journals = new ArrayList<>();
        walk(folder, (file, size) -> {
            if (file.endsWith("journal.jsonl")) {
                journals.add(file);
            }
        });
        return journals;
    }

    /** A controller at work removes files meanwhile. */
    private static void walk(Path folder, ObjLongConsumer<Path> found) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.accept(file, attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static int nodes(FlowExecution execution) {
        return new DepthFirstScanner().allNodes(execution).size();
    }
}
