// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path dir;

    @Test
    void intactIsZero() throws IOException {
        release();
        assertThat(verify(dir.toString())).isZero();
        assertThat(out.toString()).startsWith("intact: 3 journal lines");
    }

    @Test
    void alteredIsOneAndNamesTheLine() throws IOException {
        release();
        Path journal = dir.resolve(ReportFiles.JOURNAL);
        Files.writeString(journal, Files.readString(journal).replace("a note", "a lie!"));
        assertThat(verify(dir.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("altered: journal.jsonl line 2: ");
    }

    @Test
    void nothingToCheckIsTwo() throws IOException {
        assertThat(verify(dir.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(verify(dir.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("report.json is missing");
        release();
        Files.delete(dir.resolve(ReportFiles.JOURNAL));
        assertThat(verify(dir.toString())).isEqualTo(2);
        assertThat(verify()).isEqualTo(2);
    }

    private int verify(String... args) {
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private void release() throws IOException {
        Instant at = Instant.parse("2026-11-02T09:00:00Z");
        try (JournalFile journal = JournalFile.open(dir.resolve(ReportFiles.JOURNAL))) {
            for (Event event : List.of(
                    new Event.CanaryStarted(List.of(100.0)),
                    new Event.Noted(NoteKind.NOTE, "a note"),
                    new Event.Ended(ReleaseOutcome.PROMOTED, true, ""))) {
                journal.append(at, at, event);
            }
        }
        ReportWriter.write(dir);
    }
}
