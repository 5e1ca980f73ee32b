// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The committed inputs of the fuzz targets, a folder each. */
public final class Seeds {
    static final Path FOLDER = Path.of("src/fuzz/seeds");
    static final String PACKAGE = Seeds.class.getPackageName() + ".";

    private Seeds() {}

    /** Loads a target's classes before its time is taken: instrumenting them can take longer than an input may. */
    public static void warmUp(Class<?> target, Predicate<byte[]> accepts) throws IOException {
        for (Path seed : files(FOLDER.resolve(target.getName().substring(PACKAGE.length())))) {
            accepts.test(Files.readAllBytes(seed));
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
