// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.LedgerSummary;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path dir;

    @TempDir
    Path elsewhere;

    @Test
    void intactIsZero() throws IOException {
        release();
        assertThat(verify(dir.toString())).isZero();
        assertThat(out.toString())
                .startsWith("intact: 3 journal lines")
                .contains("; only that the files fit together is proven")
                .contains("  not proven: who sealed it");
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

    @Test
    void aSealFromElsewhereIsHeldAgainstTheFolder() throws IOException {
        String seal = release().seal().sha256();
        assertThat(verify("--seal", seal.toUpperCase(Locale.ROOT), dir.toString()))
                .isZero();
        assertThat(out.toString()).doesNotContain("only").contains("  proven: that seal is the one given with --seal");
        assertThat(verify("--seal", "0".repeat(64), dir.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("altered: report.json: is sealed with " + seal);
        assertThat(verify("--seal", "nonsense", dir.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--seal takes the 64 hexadecimal digits");
    }

    /** Descriptors of a test are its JVM's: standard input is one. */
    @Test
    void aKeyComesOverADescriptorAndIsNeverShown() throws IOException {
        String digits = "c3".repeat(32);
        release();
        Path file = Files.writeString(elsewhere.resolve("key"), digits + "\n");
        assertThat(GivenKey.fromFile(file).id()).isEqualTo(SealKey.of(digits).id());
        assertThat(verify("--key-fd", "987654", dir.toString())).isEqualTo(2);
        assertThat(verify("--key", "--key-fd", "3", dir.toString())).isEqualTo(2);
        Files.writeString(file, "z".repeat(64));
        assertThatThrownBy(() -> GivenKey.fromFile(file)).hasMessage("a key has hexadecimal digits, nothing else");
        assertThat(err.toString()).contains("--key-fd 987654: ").doesNotContain(digits);
    }

    @Test
    void theLedgersEntryIsCheckedAndCompared() throws IOException {
        ReportWriter.Written written = release();
        Ledger ledger = Ledger.of(elsewhere, "", SealKey.of("c3".repeat(32)));
        ledger.add(LedgerSummary.of(written.report(), written.seal()));
        Path file;
        try (Stream<Path> files = Files.list(ledger.folder())) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(verify("--entry", file.toString(), dir.toString())).isZero();
        assertThat(out.toString())
                .contains("  proven: the entry of the ledger names that seal, and the same release and verdict")
                .contains("  proven: the entry of the ledger agrees with its digest; its signature was not checked");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"promoted\"", "\"rolled-back\""));
        assertThat(verify("--entry", file.toString(), dir.toString())).isEqualTo(1);
        Files.writeString(file, text.replaceAll("(?s),\\s*\"cover\".*", "\n}\n"));
        assertThat(verify("--entry", file.toString(), dir.toString())).isEqualTo(3);
        assertThat(out.toString())
                .contains("unproven: ")
                .contains("  not proven: the entry of the ledger carries no seal");
        assertThat(verify("--entry", dir.resolve("none").toString(), dir.toString()))
                .isEqualTo(2);
    }

    private int verify(String... args) {
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private ReportWriter.Written release() throws IOException {
        Instant at = Instant.parse("2026-11-02T09:00:00Z");
        try (JournalFile journal = JournalFile.open(dir.resolve(ReportFiles.JOURNAL))) {
            for (Event event : List.of(
                    new Event.CanaryStarted(List.of(100.0)),
                    new Event.Noted(NoteKind.NOTE, "a note"),
                    new Event.Ended(ReleaseOutcome.PROMOTED, true, ""))) {
                journal.append(at, at, event);
            }
        }
        return ReportWriter.write(dir);
    }
}
