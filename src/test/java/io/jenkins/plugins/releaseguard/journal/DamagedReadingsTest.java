// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings that aren't what was written: the lines are read all the same, and it is said what is wrong, the first fault first. */
class DamagedReadingsTest {
    private static final Instant T = JournalFixture.START;
    private static final int READINGS = 6;

    @TempDir
    Path dir;

    @Test
    void aReadingThatIsDamagedIsNamedByItsNumber() throws IOException {
        List<byte[]> frames = write(5);
        frames.get(2)[8] ^= 1;
        assertDamage("reading 3 is not what was written", frames, 2);
    }

    @Test
    void aReadingThatCanNotBeUnpackedIsNamedByItsNumber() throws IOException {
        List<byte[]> frames = write(5);
        frames.set(2, Frames.of(new byte[] {64}));
        assertDamage("reading 3 is of a later version", frames, 2);
    }

    /** Of equal number and size, and each of them whole: only the digests tell. */
    @Test
    void otherReadingsOfTheSameSizeAreNotWhatWasWritten() throws IOException {
        List<byte[]> others = write(7);
        List<byte[]> frames = write(5);
        assertThat(others).hasSameSizeAs(frames);
        assertThat(String.join("", others.stream().map(f -> f.length + " ").toList()))
                .isEqualTo(
                        String.join("", frames.stream().map(f -> f.length + " ").toList()));
        assertDamage("is not what was written before line 2", others, READINGS);
    }

    @Test
    void theFirstFaultIsTheOneThatIsTold() throws IOException {
        List<byte[]> others = write(7);
        write(5);
        others.get(5)[8] ^= 1;
        assertDamage("is not what was written before line 2", others, 5);
    }

    /** A record that was mended once can be damaged again, right behind the mended place. */
    @Test
    void whatIsDamagedAfterItWasMendedIsDamaged() throws IOException {
        List<byte[]> frames = write(5);
        put(frames.subList(0, 2));
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).get().asString().startsWith("4 readings can no longer be read");
            journal.append(T, T, read(9));
        }
        assertThat(JournalReader.read(file()).readings().damage()).isNull();
        byte[] bytes = Files.readAllBytes(beside());
        bytes[bytes.length - 1] ^= 1;
        Files.write(beside(), bytes);
        JournalReader.Reading reading = JournalReader.read(file());
        assertThat(reading.readings().damage()).isEqualTo("reading 3 is not what was written");
        assertThat(reading.events()).hasSize(2 + 3 + 1);
    }

    /** Two lines, three readings, a line, three readings, a line; the frames one by one. */
    private List<byte[]> write(double weight) throws IOException {
        Files.deleteIfExists(file());
        List<byte[]> frames = new ArrayList<>();
        long before = 0;
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            journal.append(T, T, new Event.PhaseStarted(0, "5 %", 5, "all"));
            for (int i = 0; i < READINGS; i++) {
                journal.append(T, T, read(weight));
                byte[] all = Files.readAllBytes(beside());
                frames.add(java.util.Arrays.copyOfRange(all, (int) before, all.length));
                before = all.length;
                if (i % 3 == 2) {
                    journal.append(T, T, new Event.BakeStarted(i));
                }
            }
        }
        return frames;
    }

    private void put(List<byte[]> frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        Files.write(beside(), all.toByteArray());
    }

    private void assertDamage(String damage, List<byte[]> frames, int readable) throws IOException {
        put(frames);
        JournalReader.Reading reading = JournalReader.read(file());
        assertThat(reading.readings().damage()).isEqualTo(damage);
        assertThat(reading.lines()).isEqualTo(3);
        assertThat(reading.events())
                .filteredOn(e -> e.event() instanceof Event.RouterRead)
                .hasSize(readable);
        try (JournalReader reader = JournalReader.open(file())) {
            assertThat(reader.next()).isEqualTo(reading.events().get(0));
        }
    }

    private static Event read(double weight) {
        return new Event.RouterRead("read", weight, 1, 2, 3, true, null, T);
    }

    private Path file() {
        return dir.resolve("journal.jsonl");
    }

    private Path beside() {
        return dir.resolve("journal.readings");
    }

    @Test
    void whoGoesOnCutsOffReadingsThatAreNotWhatWasWritten() throws IOException {
        List<byte[]> others = write(7);
        write(5);
        put(others);
        assertMended("the readings are not what was written after line 3", 1, READINGS);
    }

    /** Readings are forced before the line that seals them: the lines of a machine that lost power may end earlier. */
    @Test
    void whoGoesOnCutsOffReadingsBehindTheLastLine() throws IOException {
        List<byte[]> frames = write(5);
        Files.writeString(file(), Files.readAllLines(file()).get(0) + "\n");
        int loose = frames.subList(3, 6).stream().mapToInt(f -> f.length).sum();
        assertMended("a torn last reading of " + loose + " bytes was cut off after line 1", 1, 3);
    }

    @Test
    void whoGoesOnCutsOffWhatCanNotBeUnpacked() throws IOException {
        List<byte[]> frames = write(5);
        byte[] later = Frames.of(new byte[] {64});
        frames.add(later);
        put(frames);
        assertMended("a torn last reading of " + later.length + " bytes was cut off after line 3", 1, READINGS);
    }

    @Test
    void whatWasMendedOnceIsWhole() throws IOException {
        write(5);
        Files.delete(beside());
        assertMended("6 readings can no longer be read after line 3", 6, 0);
        try (JournalFile journal = JournalFile.open(file(), true, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).isEmpty();
        }
    }

    /** No line has sealed them yet: they are in their place all the same. */
    @Test
    void readingsBehindTheLastLineThatLeadsToThemAreKept() throws IOException {
        Files.deleteIfExists(file());
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            journal.append(T, T, new Event.BakeStarted(0));
            journal.append(T, T, read(5));
        }
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).isEmpty();
        }
        assertThat(JournalReader.read(file()).events()).hasSize(2);
        assertThat(JournalReader.read(file()).readings().loose()).isEqualTo(Files.size(beside()));
    }

    private void assertMended(String text, int lost, int readings) throws IOException {
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).contains(text);
        }
        JournalReader.Reading reading = JournalReader.read(file());
        assertThat(reading.readings().damage()).isNull();
        assertThat(reading.events())
                .filteredOn(e -> e.event() instanceof Event.RouterRead)
                .hasSize(readings);
        assertThat(reading.events())
                .extracting(Stamped::event)
                .filteredOn(Event.Gap.class::isInstance)
                .containsExactly(new Event.Gap(lost, text));
    }
}
