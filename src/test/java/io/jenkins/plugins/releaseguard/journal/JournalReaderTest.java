// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that aren't what was written are named, with what is wrong. */
class JournalReaderTest {
    private static final Instant T = JournalFixture.START;

    @TempDir
    Path dir;

    @Test
    void aFirstLineThatFollowsSomethingIsNamed() throws IOException {
        Path file = dir.resolve("j");
        String line = new String(
                JournalLine.write(new Stamped(1, T, T, new Event.CanaryEnded()), "ab".repeat(32)),
                StandardCharsets.UTF_8);
        String second = new String(
                JournalLine.write(new Stamped(2, T, T, new Event.CanaryEnded()), Sha256.hex(line.stripTrailing())),
                StandardCharsets.UTF_8);
        Files.writeString(file, line + second);
        assertThatThrownBy(() -> JournalReader.read(file))
                .hasMessageContaining("the first line must follow 64 zeros, not abab");
    }

    /** What could be written can be read. */
    @Test
    void theLongestLineIsReadAndALongerOneNamed() throws IOException {
        Path file = dir.resolve("j");
        Stamped none = new Stamped(1, T, T, new Event.Noted(NoteKind.NOTE, ""));
        String text = "x".repeat(JournalLine.MAX_BYTES - JournalLine.write(none, JournalLine.NO_DIGEST).length);
        try (JournalFile journal = JournalFile.open(file)) {
            journal.append(T, T, new Event.Noted(NoteKind.NOTE, text));
        }
        assertThat(Files.size(file)).isEqualTo(JournalLine.MAX_BYTES);
        assertThat(JournalReader.read(file).lines()).isEqualTo(1);
        Files.writeString(file, "y".repeat(JournalLine.MAX_BYTES + 1), StandardOpenOption.APPEND);
        assertThatThrownBy(() -> JournalReader.read(file))
                .hasMessageContaining("line 2")
                .hasMessageContaining("is longer than " + JournalLine.MAX_BYTES + " bytes");
    }

    @Test
    void aLineThatCanNotBeReadSaysWhatIsWrong() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        Files.writeString(file, Files.readString(file).replaceFirst("2026-11-02T09:00:00Z", "today"));
        assertThatThrownBy(() -> JournalReader.read(file))
                .hasMessageContaining("line 1")
                .hasMessageContaining("cannot be read: Text 'today' could not be parsed");
    }
}
