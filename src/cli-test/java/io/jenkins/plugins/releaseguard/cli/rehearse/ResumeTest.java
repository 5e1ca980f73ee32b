// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A rehearsal killed as hard as can be goes on from its journal; what it recorded can be verified. */
class ResumeTest {
    @TempDir
    private Path folder;

    @Test
    void goesOnAfterKillNine() throws Exception {
        Path out = folder.resolve("out");
        Process process = RehearsalRun.start(out, "--scenario", "breach", "--speed", "200");
        Path journal = out.resolve("journal.jsonl");
        awaitLine(process, journal, "\"type\":\"bake-started\",\"phase\":2");
        process.destroyForcibly().waitFor();
        List<String> before = Files.readAllLines(journal);
        assertThat(out.resolve("report.json")).doesNotExist();

        RehearsalRun run = RehearsalRun.of(out, "--resume");
        assertThat(run.status()).as(run.output()).isEqualTo(11);
        assertThat(run.output()).contains("taken up again after");
        List<String> after = Files.readAllLines(journal);
        // a line that the kill tore is the only one that may be gone
        assertThat(after).startsWith(before.subList(0, before.size() - 1).toArray(String[]::new));
        assertThat(count(after, "\"type\":\"opened\"")).isEqualTo(1);
        assertThat(count(after, "\"type\":\"gate-decided\"")).isEqualTo(1);
        assertThat(count(after, "\"type\":\"phase-started\"")).as(run.output()).isEqualTo(4);
        assertThat(count(after, "\"type\":\"resumed\"")).isEqualTo(1);
        assertThat(run.report().path("phases")).hasSize(4);
        assertThat(run.report().path("rollback").path("confirmed").asBoolean()).isTrue();

        // once more: it has ended, and says so again with the same status
        assertThat(RehearsalRun.of(out, "--resume").status()).isEqualTo(11);
        assertThat(verify(out)).isEqualTo(new Verified(0, "intact"));
        alter(journal);
        Verified altered = verify(out);
        assertThat(altered.status()).isEqualTo(1);
        assertThat(altered.output()).contains("line 5");
    }

    /** One byte of the fifth line. */
    private static void alter(Path journal) throws IOException {
        List<String> lines = Files.readAllLines(journal);
        lines.set(4, lines.get(4).replaceFirst("DEP-00.", "DEP-009"));
        Files.writeString(journal, String.join("\n", lines) + "\n");
    }

    private record Verified(int status, String output) {}

    private static Verified verify(Path out) {
        StringWriter said = new StringWriter();
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        int status = commandLine.execute("verify", out.toString());
        return new Verified(status, status == 0 ? "intact" : said.toString());
    }

    private static long count(List<String> lines, String part) {
        return lines.stream().filter(l -> l.contains(part)).count();
    }

    private static void awaitLine(Process process, Path journal, String part) throws Exception {
        await("a line with " + part)
                .atMost(Duration.ofMinutes(5))
                .until(() -> !process.isAlive()
                        || Files.exists(journal) && Files.readString(journal).contains(part));
        if (!process.isAlive()) {
            throw new AssertionError(RehearsalRun.end(process, journal).output());
        }
    }
}
