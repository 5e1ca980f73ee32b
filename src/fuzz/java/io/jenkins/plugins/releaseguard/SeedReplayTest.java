// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Puts each fuzz target's seeds through it without a fuzzer. A folder is named after its target, a file after what must come
 * of it: {@code read-…} is accepted, {@code refused-…} is not. An input that once broke a reader stays as a seed.
 */
class SeedReplayTest {
    private static final Path SOURCES = Path.of("src/fuzz/java/io/jenkins/plugins/releaseguard");

    @ParameterizedTest
    @MethodSource("seeds")
    void seedIsReadOrRefused(Path seed) throws Exception {
        String target = seed.getParent().getFileName().toString();
        Method accepts = Class.forName(Seeds.PACKAGE + target).getMethod("accepts", byte[].class);

        Object accepted = accepts.invoke(null, (Object) Files.readAllBytes(seed));

        String name = seed.getFileName().toString();
        assertThat(name).matches("(read|refused)-.+");
        assertThat(accepted).as(seed.toString()).isEqualTo(name.startsWith("read-"));
    }

    @Test
    void everyTargetHasASeedThatIsReadAndOneThatIsRefused() throws IOException {
        List<String> targets = Seeds.files(SOURCES).stream()
                .filter(path -> path.toString().endsWith("Fuzz.java"))
                .map(path ->
                        SOURCES.relativize(path).toString().replace(".java", "").replaceAll("[/\\\\]", "."))
                .toList();

        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target -> assertThat(Seeds.files(Seeds.FOLDER.resolve(target)))
                        .anyMatch(seed -> seed.getFileName().toString().startsWith("read-"))
                        .anyMatch(seed -> seed.getFileName().toString().startsWith("refused-")));
    }

    static List<Path> seeds() throws IOException {
        return Seeds.files(Seeds.FOLDER);
    }
}
