// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import io.jenkins.plugins.releaseguard.testing.PublishedSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What lint prints for programs is what its schema says, both ways. */
class LintSchemaTest {
    @TempDir
    private Path folder;

    private final PublishedSchema schema = PublishedSchema.of("lint");

    private static String lint(List<String> files) {
        StringWriter out = new StringWriter();
        String[] args = files.toArray(new String[files.size() + 2]);
        args[files.size()] = "--format";
        args[files.size() + 1] = "json";
        new CommandLine(new LintCommand()).setOut(new PrintWriter(out)).execute(args);
        return out.toString();
    }

    @Test
    void isItselfAValidSchema() {
        schema.isASchema();
        assertThat(schema.words("problem", "severity"))
                .isEqualTo(Arrays.stream(Severity.values())
                        .map(s -> s.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void whateverIsFoundFits() {
        AtomicInteger number = new AtomicInteger();
        List<String> files = ContractMistakesFixture.mistakes()
                .map(mistake -> {
                    try {
                        Path file = folder.resolve(number.incrementAndGet() + ".yaml");
                        return Files.writeString(file, mistake.get()[1].toString())
                                .toString();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
        schema.fits(lint(files));
        schema.fits(lint(List.of("release.yaml", folder.resolve("absent.yaml").toString())));

        schema.allowsNothingElse();
        schema.refusesOtherFieldsIn(lint(List.of("release.yaml")));
    }
}
