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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What lint prints for programs is what its schema says, both ways. */
class LintSchemaTest {
    @TempDir
    private Path folder;

    private final PublishedSchema schema = PublishedSchema.of("lint");

    private static String lint(List<String> files, String... options) {
        StringWriter out = new StringWriter();
        String[] args = Stream.of(files.stream(), Stream.of("--format", "json"), Stream.of(options))
                .flatMap(s -> s)
                .toArray(String[]::new);
        new CommandLine(new LintCommand()).setOut(new PrintWriter(out)).execute(args);
        return out.toString();
    }

    private String explained() throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.yaml"), """
            apiVersion: release-guard/v1
            release: {service: s, version: "1", owner: t}
            metrics:
              - {id: MON-001, name: errors, kind: rate, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(rate(t{track="$track"}[5m])) / 2'}
              - {id: MON-002, kind: latency, unit: ms, source: p, histogram: 'd_seconds_bucket{track="$track"}'}
              - {id: MON-003, kind: gauge, source: p, values: 'level{track="$track"}'}
              - {id: MON-004, kind: count, source: p, values: 'increase(r{track="$track"}[$window])'}
              - {id: MON-005, kind: rate, source: p, errors: 'sum(', total: 'x:rate5m{track="$track"}'}
            """);
        return lint(List.of(file.toString(), "release.yaml"), "--explain");
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
    void whateverIsFoundFits() throws IOException {
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
        String contract = explained();
        schema.fits(contract);
        assertThat(contract).contains("\"state\" : \"refused\"").contains("increase");

        schema.allowsNothingElse("#/$defs/query state: unknown");
        schema.refusesOtherFieldsIn(contract);
        schema.refusesOtherFieldsIn(lint(List.of("release.yaml")));
    }
}
