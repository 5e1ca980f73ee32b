// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.LongRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** M2: what comes with every look, packed beside the journal, and sealed by its lines. */
class ReadingsTest {
    private static final Instant T = JournalFixture.START;
    private static final int PHASE = 20;

    @TempDir
    Path dir;

    private final LongRelease release = new LongRelease(T);

    @Test
    void comesBackInItsPlaceWithTheSameValues() throws IOException {
        List<Stamped> written = write(80);
        JournalReader.Reading reading = JournalReader.read(file());
        assertThat(reading.events()).isEqualTo(written);
        assertThat(reading.lines()).isEqualTo(5);
        assertThat(reading.readings()).isEqualTo(new JournalReader.Readings("journal.readings", null, 0));
        assertThat(Files.readString(file())).doesNotContain("looked", "router-read");
    }

    /** Before: 400 bytes a metric and 1.5 KB a look with the router's reading. */
    @Test
    void aLookTakesAtMostEightBytesANumber() throws IOException {
        long numbers = 0;
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            for (int i = 0; i < 1000; i++) {
                Event.Looked look = release.look(0, i);
                numbers += LongRelease.numbers(look);
                journal.append(release.at(i), release.at(i), look);
            }
        }
        assertThat(Files.size(beside())).isLessThan(3 * numbers);
        assertThat(Files.size(file())).isZero();
    }

    @Test
    void aLookForcesNothingAndTheLineAfterItForcesBothTheReadingsFirst() throws IOException {
        List<String> order = new ArrayList<>();
        Path other = dir.resolve("other.readings");
        ReadingsFile readings =
                new ReadingsFile(() -> watched(Storage.of(other), "readings", order), new Frames(other));
        try (JournalFile journal =
                new JournalFile(watched(Storage.of(file()), "lines", order), Tail.EMPTY, true, readings)) {
            journal.append(T, T, release.look(0, 0));
            journal.append(T, T, release.read(5));
            assertThat(order).isEmpty();
            journal.append(T, T, new Event.CanaryEnded());
            assertThat(order).containsExactly("readings", "lines");
        }
    }

    @Test
    void aTornLastReadingIsCutOffAndSaidSo() throws IOException {
        byte[] whole = rewritten();
        for (int torn = 1; torn < 40; torn++) {
            Files.write(beside(), Arrays.copyOf(whole, torn), StandardOpenOption.APPEND);
            try (JournalFile journal = JournalFile.open(file(), true, JournalFixture.CLOCK)) {
                assertThat(journal.cutOff())
                        .get()
                        .asString()
                        .startsWith("a torn last reading of " + torn + " bytes was cut off");
                journal.append(T, T, release.look(0, 31));
            }
            JournalReader.Reading reading = JournalReader.read(file());
            assertThat(reading.readings().damage()).isNull();
            assertThat(reading.events())
                    .filteredOn(e -> e.event() instanceof Event.Gap)
                    .hasSize(1);
            whole = rewritten();
        }
    }

    private byte[] rewritten() throws IOException {
        write(30);
        return Files.readAllBytes(beside());
    }

    /** A crash of the machine: what was not forced is lost, and the release goes on. */
    @Test
    void lostLooksAreLostLooksAndNeverADamagedRecord() throws IOException {
        List<Stamped> written = write(50);
        byte[] whole = Files.readAllBytes(beside());
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(beside(), Arrays.copyOf(whole, length));
            byte[] lines = Files.readAllBytes(file());
            assertThat(JournalReader.read(file()).readings().damage()).isNotNull();
            try (JournalFile journal = JournalFile.open(file(), true, JournalFixture.CLOCK)) {
                assertThat(journal.cutOff()).get().asString().contains("readings can no longer be read");
                journal.append(T, T, release.look(0, 60));
                journal.append(T, T, new Event.CanaryEnded());
            }
            JournalReader.Reading reading = JournalReader.read(file());
            assertThat(reading.readings().damage())
                    .as("after the cut at " + length)
                    .isNull();
            List<Stamped> before = reading.events().stream()
                    .takeWhile(e -> !(e.event() instanceof Event.Gap))
                    .toList();
            assertThat(written).containsSubsequence(before).hasSizeGreaterThan(before.size());
            assertThat(reading.events()).anyMatch(e -> e.event() instanceof Event.Gap gap && gap.lost() > 0);
            Files.write(file(), lines);
        }
    }

    @Test
    void readingsOfAnotherReleaseAreNotWhatWasWritten() throws IOException {
        write(30);
        byte[] others = Files.readAllBytes(beside());
        write(30);
        assertThat(Files.readAllBytes(beside())).isNotEqualTo(others);
        Files.write(beside(), others);
        assertThat(JournalReader.read(file()).readings().damage()).contains("is not what was written before line");
        Files.delete(beside());
        assertThat(JournalReader.read(file()).readings().damage()).isEqualTo("is missing");
    }

    @Test
    void linesOfEarlierVersionsAreReadAsTheyStand() throws IOException {
        Stamped first = new Stamped(1, T, T, release.look(0, 0));
        Stamped second = new Stamped(2, T, T, release.read(5));
        String line = new String(JournalLine.write(first, JournalLine.NO_DIGEST), StandardCharsets.UTF_8);
        String head = io.jenkins.plugins.releaseguard.text.Sha256.hex(line.stripTrailing());
        Files.writeString(file(), line + new String(JournalLine.write(second, head), StandardCharsets.UTF_8));
        try (JournalFile journal = JournalFile.open(file(), true, JournalFixture.CLOCK)) {
            journal.append(T, T, release.look(0, 1));
        }
        assertThat(JournalReader.read(file()).events())
                .hasSize(3)
                .startsWith(first, second)
                .last()
                .satisfies(look -> assertThat(look.seq()).isEqualTo(2));
    }

    @Test
    void aFullDiskLeavesBothFilesAsTheyWere() throws IOException {
        Path other = dir.resolve("other.readings");
        FakeStorage disk = new FakeStorage(Storage.of(other));
        ReadingsFile readings = new ReadingsFile(() -> disk, new Frames(other));
        try (JournalFile journal =
                new JournalFile(Storage.of(dir.resolve("other.jsonl")), Tail.EMPTY, true, readings)) {
            journal.append(T, T, release.look(0, 0));
            byte[] before = Files.readAllBytes(other);
            for (int room = 0; room < 40; room++) {
                disk.roomFor(room);
                assertThatThrownBy(() -> journal.append(T, T, release.look(0, 1)))
                        .hasMessageContaining("No space left");
                assertThat(Files.readAllBytes(other)).isEqualTo(before);
            }
            disk.heal();
            journal.append(T, T, release.look(0, 2));
            journal.append(T, T, new Event.CanaryEnded());
        }
        JournalReader.Reading reading = JournalReader.read(dir.resolve("other.jsonl"));
        assertThat(reading.readings().damage()).isNull();
        assertThat(reading.events()).hasSize(3);
    }

    @Test
    void whatCannotBeForcedIsTakenBackTogether() throws IOException {
        Path other = dir.resolve("other.readings");
        FakeStorage disk = new FakeStorage(Storage.of(dir.resolve("other.jsonl")));
        ReadingsFile readings = new ReadingsFile(() -> Storage.of(other), new Frames(other));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, false, readings)) {
            journal.append(T, T, new Event.CanaryStarted(List.of(5.0)));
            journal.force();
            disk.refuseToForce();
            for (int i = 0; i < 2; i++) {
                journal.append(T, T, release.look(0, i));
                journal.append(T, T, new Event.CanaryEnded());
                assertThatThrownBy(journal::force).isInstanceOf(IOException.class);
                assertThat(journal.lines()).isEqualTo(1);
            }
            disk.heal();
            journal.append(T, T, release.look(0, 5));
            journal.append(T, T, new Event.CanaryEnded());
            journal.force();
        }
        JournalReader.Reading reading = JournalReader.read(dir.resolve("other.jsonl"));
        assertThat(reading.readings().damage()).isNull();
        assertThat(reading.lines()).isEqualTo(2);
        // H10: looks that had been forced before their lines failed were there twice, since all of it is written again
        assertThat(reading.events()).hasSize(3);
        assertThat(reading.events()).last().satisfies(e -> assertThat(e.event()).isInstanceOf(Event.CanaryEnded.class));
    }

    @Test
    void whatWasForcedOnceIsNeverTakenBack() throws IOException {
        for (boolean forceEach : List.of(true, false)) {
            Path lines = dir.resolve(forceEach + ".jsonl");
            Path other = dir.resolve(forceEach + ".readings");
            ReadingsFile readings = new ReadingsFile(() -> Storage.of(other), new Frames(other));
            try (JournalFile journal = new JournalFile(Storage.of(lines), Tail.EMPTY, forceEach, readings)) {
                journal.append(T, T, release.look(0, 0));
                journal.append(T, T, new Event.CanaryEnded());
                if (!forceEach) {
                    journal.force();
                }
                journal.append(T, T, release.look(0, 1));
                journal.takeBack();
                assertThat(JournalReader.read(lines).events()).hasSize(2);
                assertThat(JournalReader.read(lines).readings().damage()).isNull();
            }
        }
    }

    @Test
    void theEndForcesWhatIsLooseTheReadingsFirst() throws IOException {
        List<String> order = new ArrayList<>();
        Path other = dir.resolve("other.readings");
        ReadingsFile readings =
                new ReadingsFile(() -> watched(Storage.of(other), "readings", order), new Frames(other));
        JournalFile journal = new JournalFile(watched(Storage.of(file()), "lines", order), Tail.EMPTY, false, readings);
        journal.append(T, T, release.look(0, 0));
        journal.append(T, T, new Event.CanaryEnded());
        assertThat(order).isEmpty();
        journal.close();
        assertThat(order).startsWith("readings", "lines");
    }

    /** Phases of some looks and readings of the router, with a line before and after each. */
    private List<Stamped> write(int looks) throws IOException {
        Files.deleteIfExists(file());
        List<Stamped> written = new ArrayList<>();
        try (JournalFile journal = JournalFile.open(file(), false, JournalFixture.CLOCK)) {
            for (int i = 0; i < looks; i++) {
                Instant at = release.at(i);
                if (i % PHASE == 0) {
                    written.add(journal.append(at, at, new Event.PhaseStarted(i / PHASE, "5 %", 5, "all")));
                }
                written.add(journal.append(at, at.plusNanos(i % 3), release.look(i / PHASE, i)));
                written.add(journal.append(at, at, release.read(5)));
                if (i == looks - 1) {
                    written.add(journal.append(at, at, new Event.CanaryEnded()));
                }
            }
        }
        return written;
    }

    private Path file() {
        return dir.resolve("journal.jsonl");
    }

    private Path beside() {
        return dir.resolve("journal.readings");
    }

    private static Storage watched(Storage storage, String name, List<String> order) {
        return new Storage() {
            @Override
            public void write(byte[] bytes) throws IOException {
                storage.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                storage.truncate(length);
            }

            @Override
            public void force() throws IOException {
                order.add(name);
                storage.force();
            }

            @Override
            public void close() throws IOException {
                storage.close();
            }
        };
    }
}
