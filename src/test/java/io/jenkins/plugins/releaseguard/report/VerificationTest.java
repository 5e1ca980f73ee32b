// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    @TempDir
    Path dir;

    @BeforeEach
    void sealARelease() throws IOException {
        release(dir, ReportFixture.noGo());
    }

    static void release(Path dir, List<Stamped> events) throws IOException {
        JournalFixture.write(
                dir.resolve(ReportFiles.JOURNAL),
                events.stream().map(Stamped::event).toList());
        ReportWriter.write(dir);
    }

    @Test
    void whatWasWrittenIsIntact() throws IOException {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            release(dir, events);
            Verification verification = Verification.verify(dir);
            assertThat(verification.intact()).as(verification.message()).isTrue();
        }
    }

    /** M2: a page and a seal read the journal as a stream, without what no report tells of. */
    @Test
    void theStreamedReportIsTheSameAsThatOfAllEvents() throws IOException {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            JournalFixture.write(journal(), events.stream().map(Stamped::event).toList());
            assertThat(Report.read(journal()))
                    .isEqualTo(Report.of(JournalReader.read(journal()).events()));
        }
    }

    @Test
    void aLineTakenOffTheEndIsMissing() throws IOException {
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, lines.size() - 1));
        found(ReportFiles.JOURNAL, lines.size(), "is missing");
    }

    @Test
    void aLineAfterTheSealIsFound() throws IOException {
        int lines = Files.readAllLines(journal()).size();
        Files.writeString(journal(), "{}", StandardOpenOption.APPEND);
        found(ReportFiles.JOURNAL, lines + 1, "was added after the seal");
    }

    @Test
    void aLineLeftOutOfTheMiddleIsFound() throws IOException {
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(journal()));
        lines.remove(2);
        Files.write(journal(), lines);
        found(ReportFiles.JOURNAL, 3, "has seq 4 where 3 belongs");
    }

    /** Somebody who can compute SHA-256 can rewrite report.json and its seal; the journal still says otherwise. */
    @Test
    void aReportThatWasSealedAnewSaysSomethingElseThanTheJournal() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        Report report = ReportJson.read(
                        Files.readString(file).replace("\"verdict\" : \"no-go\"", "\"verdict\" : \"promoted\""))
                .report();
        Seal seal = Seal.over(
                was.seal().lines(),
                was.seal().head(),
                Sha256.hex(ReportJson.withoutSeal(report)),
                was.seal().files());
        Files.writeString(file, ReportJson.of(report, seal));
        found(ReportFiles.JSON, 0, "is not what the journal says");
    }

    @Test
    void aSealTakenOffIsFound() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        Files.writeString(
                file, ReportJson.of(ReportJson.read(Files.readString(file)).report(), null));
        found(ReportFiles.JSON, 0, "carries no seal");
    }

    @Test
    void alteredAndMissingPagesAreFound() throws IOException {
        Files.writeString(dir.resolve(ReportFiles.HTML), "<p>all is well</p>");
        found(ReportFiles.HTML, 0, "not the one that was sealed");
        ReportWriter.write(dir);
        Files.delete(dir.resolve(ReportFiles.MARKDOWN));
        found(ReportFiles.MARKDOWN, 0, "is missing");
    }

    @Test
    void aRunningReleaseWithATornLineIsWholeSoFarAndSaysSo() throws IOException {
        release(dir, ReportFixture.running());
        Files.writeString(journal(), "{\"seq\":", StandardOpenOption.APPEND);
        Verification verification = Verification.verify(dir);
        assertThat(verification.intact()).isTrue();
        assertThat(verification.message()).contains("not sealed yet").contains("is torn");
    }

    private Path journal() {
        return dir.resolve(ReportFiles.JOURNAL);
    }

    private void found(String file, long line, String what) throws IOException {
        Verification verification = Verification.verify(dir);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.file()).isEqualTo(file);
        if (line > 0) {
            assertThat(verification.line()).isEqualTo(line);
        }
        assertThat(verification.message()).contains(what);
    }
}
