// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong before anything starts: status 2, the reason on standard error, no journal begun. */
class UsageTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        --scenario nonsense                | there is no scenario 'nonsense'
        --scenario breach --speed 0        | --speed is a number from 1
        --scenario breach --speed -3       | --speed is a number from 1
        --scenario breach --speed NaN      | --speed is a number from 1
        --scenario breach --speed fast     | 'fast' is not a double
        --scenario breach --set VERSION    | VERSION
        --speed 3                          | Missing required option: '--scenario=NAME'
        --resume                           | nothing to resume
        --resume --scenario breach         | give it --out alone
        --chaos nonsense                   | --chaos takes a whole number from 0
        --chaos 1.5                        | --chaos takes a whole number from 0
        --chaos=-3                         | not '-3'
        --chaos 99999999999999999999       | --chaos takes a whole number from 0
        --resume --chaos 3                 | give it --out alone
        --scenario breach --frobnicate     | Unknown option: '--frobnicate'
        --scenario breach --environment x  | has no environment 'x'
        """)
    void wrongUsage(String arguments, String reason) {
        assertThat(rehearse(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
        assertThat(folder.resolve("out/journal.jsonl")).doesNotExist();
    }

    @Test
    void neitherCommandNorFolder() {
        assertThat(execute("rehearse", "--scenario", "breach")).isEqualTo(2);
        assertThat(err.toString()).contains("--out");
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("nonsense")).isEqualTo(2);
    }

    @Test
    void aContractThatIsMissingEmptyOrHalfWritten() throws IOException {
        assertThat(rehearse(
                        "--scenario",
                        "healthy",
                        "--contract",
                        folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file");
        for (String text : List.of(
                "", "release: {service: checkout", "apiVersion: release-guard/v1\n", "\u0000\u0001", "a: &a [*a]")) {
            Path contract = Files.writeString(folder.resolve("bad.yaml"), text);
            err.getBuffer().setLength(0);
            assertThat(rehearse("--scenario", "healthy", "--contract", contract.toString()))
                    .as(text)
                    .isEqualTo(2);
            assertThat(err.toString()).contains("bad.yaml:").contains("error");
        }
    }

    @Test
    void anUndefinedVariableIsNamed() throws IOException {
        Path contract = RehearsalRun.contract(folder, s -> s.replace("scope: Customers", "scope: ${WHO}"));
        assertThat(rehearse("--scenario", "healthy", "--contract", contract.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("WHO");
    }

    @Test
    void aFolderThatHoldsARecordIsNotWrittenOver() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("journal.jsonl"), "precious\n");
        assertThat(rehearse("--scenario", "healthy")).isEqualTo(2);
        assertThat(err.toString()).contains("already holds");
        assertThat(out.resolve("journal.jsonl")).hasContent("precious");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");
        assertThat(rehearse("--scenario", "healthy")).isEqualTo(2);
        assertThat(err.toString()).contains("is not a folder");
    }

    @Test
    void somethingElseCanNotBeResumed() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("rehearsal.json"), "{\"scenario\": \"none\"}");
        assertThat(rehearse("--resume")).isEqualTo(2);
        assertThat(err.toString()).contains("not what a rehearsal wrote");
        Files.writeString(out.resolve("rehearsal.json"), "{");
        assertThat(rehearse("--resume")).isEqualTo(2);
    }

    private int rehearse(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("rehearse", "--out", folder.resolve("out").toString()));
        all.addAll(Arrays.asList(arguments));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Main.commandLine()
                .setErr(new PrintWriter(err))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
