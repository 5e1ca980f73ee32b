// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any byte of a sealed release's files, changed to any other: found, in its file, and in the journal at its line. */
class AnyByteVerificationTest {
    private static final List<String> FILES =
            List.of(ReportFiles.JOURNAL, ReportFiles.JSON, ReportFiles.MARKDOWN, ReportFiles.HTML);
    private static final String READINGS = "journal.readings";
    private static Path dir;

    @BeforeContainer
    static void sealARelease() throws IOException {
        dir = Files.createTempDirectory("verification");
        VerificationTest.release(dir, ReportFixture.promoted());
    }

    @AfterContainer
    static void remove() throws IOException {
        for (String file : FILES) {
            Files.delete(dir.resolve(file));
        }
        Files.delete(dir.resolve(READINGS));
        Files.delete(dir);
    }

    @Property(tries = 3000)
    void theJournalsLineIsNamed(
            @ForAll @IntRange(max = 1_000_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        Path file = dir.resolve(ReportFiles.JOURNAL);
        byte[] bytes = Files.readAllBytes(file);
        int at = place % bytes.length;
        long line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        Verification verification = verifyWith(file, bytes, at, flip);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.file()).isEqualTo(ReportFiles.JOURNAL);
        assertThat(verification.line()).as(verification.message()).isEqualTo(line);
    }

    @Property(tries = 1000)
    void theOtherFilesAreNamed(
            @ForAll @IntRange(min = 1, max = 3) int which,
            @ForAll @IntRange(max = 1_000_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        Path file = dir.resolve(FILES.get(which));
        byte[] bytes = Files.readAllBytes(file);
        Verification verification = verifyWith(file, bytes, place % bytes.length, flip);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.file()).as(verification.message()).isEqualTo(FILES.get(which));
    }

    /** M2: the samples lie beside the journal, and its seal holds them as before. */
    @Property(tries = 2000)
    void theReadingsAreSealedByTheJournal(
            @ForAll @IntRange(max = 1_000_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        Path file = dir.resolve(READINGS);
        byte[] bytes = Files.readAllBytes(file);
        Verification verification = verifyWith(file, bytes, place % bytes.length, flip);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.file()).as(verification.message()).isEqualTo(READINGS);
    }

    private static Verification verifyWith(Path file, byte[] bytes, int at, int flip) throws IOException {
        byte[] altered = bytes.clone();
        altered[at] ^= (byte) flip;
        Files.write(file, altered);
        try {
            return Verification.verify(dir);
        } finally {
            Files.write(file, bytes);
        }
    }
}
