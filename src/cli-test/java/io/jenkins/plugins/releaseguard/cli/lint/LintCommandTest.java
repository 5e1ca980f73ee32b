// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LintCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int lint(String... args) {
        return new CommandLine(new LintCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private String broken() throws IOException {
        return Files.writeString(
                        folder.resolve("broken.yaml"),
                        "apiVersion: release-guard/v1\nrelease: {service: s, version: '1'}\nrollout: {bake: 15}\n")
                .toString();
    }

    @Test
    void noErrorsExitZeroAndShowNotes() {
        assertThat(lint("release.yaml")).isZero();
        assertThat(out.toString())
                .contains(
                        "note: nothing shows that the rollback has been rehearsed [RG-ROLLBACK-DRILL]\n    rehearse it")
                .endsWith("release.yaml: 0 errors, 0 warnings, 2 notes\n");
    }

    /** F2: of what each query is, in which unit, and what is asked for it. */
    @Test
    void explainsOfWhatEachQueryIs() {
        assertThat(lint("--explain", "release.yaml")).isZero();
        assertThat(out.toString())
                .contains("MON-001, error rate: rate from ")
                .contains("    total: increase over the look of events; asked are the look's scrapes of"
                        + " http_requests_total{track=\"$track\"}, of either variant\n")
                .contains("    histogram: bucket series, counter in s (by its name); asked are the look's scrapes of"
                        + " http_request_duration_seconds_bucket{track=\"$track\"}, of either variant\n");
        assertThat(lint("--explain", "--format", "json", "release.yaml")).isZero();
    }

    /** F2: a query that is refused points at the column, and at what would do. */
    @Test
    void aQueryThatMixesDimensionsPointsAtItsColumn() throws IOException {
        String file = Files.writeString(folder.resolve("mixed.yaml"), """
                apiVersion: release-guard/v1
                release: {service: s, version: '1', owner: t}
                metrics:
                  - id: MON-001
                    kind: rate
                    source: p
                    errors: 'sum(rate(e_total{track="$track"}[$window])) + sum(increase(f_total{track="$track"}[$window]))'
                    total: sum(increase(a_total{track="$track"}[$window]))
                """).toString();

        assertThat(lint(file)).isEqualTo(1);
        assertThat(out.toString())
                .contains(file + ":7:58: error: MON-001, errors, column 45: '+' mixes per second over the look with"
                        + " increase over the look [RG-METRIC-DIMENSION]\n    write errors: sum(increase(e_total{track=\"$track\"}"
                        + "[$window])) + sum(increase(f_total{track=\"$track\"}[$window]))\n");
    }

    @Test
    void errorsExitOneAndPointAtTheirPlace() throws IOException {
        String file = broken();

        assertThat(lint("release.yaml", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains(file
                        + ":3:19: error: a duration needs a unit here [RG-DURATION]\n    write a number and a unit")
                .endsWith(file + ": 1 error, 0 warnings, 0 notes\n");
    }

    @Test
    void wrongUsageExitsTwo() {
        assertThat(lint("release.yaml", "")).isEqualTo(2);
        assertThat(lint("--format", "xml", "release.yaml")).isEqualTo(2);
        assertThat(lint("--nonsense", "release.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("FILE");
    }

    @Test
    void aMissingFileIsAnError() {
        assertThat(lint(folder.resolve("none.yaml").toString())).isEqualTo(1);
        assertThat(out.toString()).contains("none.yaml:1:1: error: there is no such file [RG-MISSING]");
    }

    @Test
    void withoutAFileItIsTheUsualOne() {
        assertThat(lint()).isZero();
        assertThat(out.toString()).endsWith("release.yaml: 0 errors, 0 warnings, 2 notes\n");
    }

    @Test
    void theSameFileTwiceIsReadOnce() throws IOException {
        String file = broken();

        lint(file, file);
        assertThat(out.toString().split("1 error, 0 warnings", -1)).hasSize(2);
    }

    @Test
    void aFolderALinkAndABinaryFileSayWhatToName() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("broken.yaml"));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});

        assertThat(lint(folder.toString(), link.toString(), binary.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("this is a folder [RG-MISSING]\n    name the file in it: " + folder.resolve("release.yaml"))
                .contains("this is a symbolic link [RG-MISSING]\n    name the file that it leads to")
                .contains("it is not UTF-8 text [RG-SIZE]\n    save it as UTF-8 text of at most 1 MiB");
    }

    @Test
    void standardInput() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(Files.newInputStream(Path.of(broken())));
            assertThat(lint("-")).isEqualTo(1);
            System.setIn(new ByteArrayInputStream(new byte[(1 << 20) + 1]));
            assertThat(lint("-")).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("standard input:3:19: error: a duration needs a unit here");
        assertThat(err.toString()).contains("standard input can't be read: it is larger than 1 MiB");
    }

    @Test
    void strictWantsItsVariables() {
        assertThat(lint("--strict", "-DVERSION=1", "release.yaml")).isEqualTo(1);
        assertThat(out.toString()).contains("${GIT_COMMIT} is not defined").doesNotContain("${VERSION} is not defined");
        assertThat(lint(
                        "--strict",
                        "-DVERSION=1",
                        "-DGIT_COMMIT=abc",
                        "-DARTIFACT_SHA256=" + "0".repeat(64),
                        "release.yaml"))
                .isZero();
    }

    @Test
    void json() throws IOException {
        assertThat(lint("--format", "json", broken())).isEqualTo(1);
        JsonNode file = new ObjectMapper().readTree(out.toString()).at("/files/0");
        assertThat(file.path("errors").asInt()).isEqualTo(1);
        assertThat(file.at("/problems/0/rule").asText()).isEqualTo("RG-DURATION");
        assertThat(file.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(file.at("/problems/0/fix").asText()).isNotBlank();
    }

    /** The parts of SARIF 2.1.0 that consumers rely on: rules described once, each result pointing at its rule and place. */
    @Test
    void sarif() throws IOException {
        assertThat(lint("--format", "sarif", "release.yaml", broken())).isEqualTo(1);
        JsonNode log = new ObjectMapper().readTree(out.toString());
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode run = log.at("/runs/0");
        Set<String> ids = new HashSet<>();
        run.at("/tool/driver/rules")
                .forEach(r -> assertThat(ids.add(r.path("id").asText())).isTrue());
        assertThat(run.path("results")).hasSize(3).allSatisfy(r -> {
            assertThat(run.at("/tool/driver/rules/" + r.path("ruleIndex").asInt() + "/id")
                            .asText())
                    .isEqualTo(r.path("ruleId").asText());
            assertThat(r.path("level").asText()).isIn("error", "warning", "note");
            assertThat(r.at("/message/text").asText()).isNotBlank();
            assertThat(r.at("/locations/0/physicalLocation/region/startLine").asInt())
                    .isPositive();
        });
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("release.yaml");
    }
}
