// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final Instant T = JournalFixture.START;

    @TempDir
    Path dir;

    @Test
    void whatIsAppendedIsReadBackInOrderWithBothClocks() throws IOException {
        Path file = dir.resolve("new/folder/journal.jsonl");
        Instant wall = Instant.parse("2026-11-02T09:00:00.123456Z");
        try (JournalFile journal = JournalFile.open(file)) {
            for (Event event : JournalFixture.few()) {
                journal.append(T, wall, event);
            }
            journal.append(T, T, new Event.CanaryEnded());
            assertThat(journal.cutOff()).isEmpty();
            assertThat(JournalReader.read(file).head()).isEqualTo(journal.head());
        }
        List<Stamped> events = JournalReader.read(file).events();
        assertThat(events).extracting(Stamped::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(events)
                .extracting(Stamped::event)
                .startsWith(JournalFixture.few().toArray(Event[]::new));
        assertThat(events.get(0))
                .isEqualTo(new Stamped(1, T, wall, JournalFixture.few().get(0)));
        assertThat(Files.readAllLines(file).get(5)).doesNotContain("\"wall\"");
    }

    @Test
    void linesStandInThePublishedForm() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0))
                .isEqualTo("{\"seq\":1,\"at\":\"2026-11-02T09:00:00Z\",\"prev\":\"" + "0".repeat(64)
                        + "\",\"type\":\"canary-started\",\"weights\":[1,5,100]}");
        assertThat(lines.get(2))
                .startsWith("{\"seq\":3,\"at\":\"2026-11-02T09:00:02Z\",\"prev\":\"" + Sha256.hex(lines.get(1)) + "\",")
                .contains("\"seconds\":null");
    }

    @Test
    void continuesTheChainAfterReopening() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        try (JournalFile journal = JournalFile.open(file)) {
            assertThat(journal.lines()).isEqualTo(5);
            assertThat(journal.append(T, T, new Event.CanaryEnded()).seq()).isEqualTo(6);
        }
        assertThat(JournalReader.read(file).events()).hasSize(6);
    }

    @Test
    void aTornLastLineIsCutOffAndSaidSo() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        Files.writeString(file, "{\"seq\":6,\"at\":\"20", StandardOpenOption.APPEND);
        assertThat(JournalReader.read(file).torn()).get().satisfies(torn -> {
            assertThat(torn.line()).isEqualTo(6);
            assertThat(torn.bytes()).isEqualTo(17);
        });
        try (JournalFile journal = JournalFile.open(file, true, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).contains("a torn last line of 17 bytes was cut off after line 5");
        }
        JournalReader.Reading reading = JournalReader.read(file);
        assertThat(reading.torn()).isEmpty();
        assertThat(reading.events().get(5).event())
                .isEqualTo(new Event.Gap(1, "a torn last line of 17 bytes was cut off after line 5"));
    }

    @Test
    void anyTearOfTheLastLineLeavesTheLinesBefore() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        byte[] whole = Files.readAllBytes(file);
        int lastLine =
                new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);
        for (int length = lastLine + 2; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            JournalFile.open(file, false, JournalFixture.CLOCK).close();
            List<Stamped> events = JournalReader.read(file).events();
            assertThat(events).hasSize(5);
            assertThat(events.get(4).event()).isInstanceOf(Event.Gap.class);
        }
    }

    @Test
    void aFullDiskLeavesTheFileAsItWas() throws IOException {
        Path file = dir.resolve("j");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, true, beside())) {
            journal.append(T, T, JournalFixture.few().get(0));
            byte[] before = Files.readAllBytes(file);
            for (int room = 0; room < 40; room++) {
                disk.roomFor(room);
                assertThatThrownBy(
                                () -> journal.append(T, T, JournalFixture.few().get(1)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
                assertThat(Files.readAllBytes(file)).isEqualTo(before);
            }
            disk.heal();
            journal.append(T, T, JournalFixture.few().get(2));
        }
        assertThat(JournalReader.read(file).events())
                .extracting(Stamped::event)
                .containsExactly(
                        JournalFixture.few().get(0), JournalFixture.few().get(2));
    }

    @Test
    void whatCouldNotBeTakenBackIsTakenBackBeforeTheNextAppend() throws IOException {
        Path file = dir.resolve("j");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, true, beside())) {
            journal.append(T, T, JournalFixture.few().get(0));
            disk.roomFor(10).refuseToTruncate();
            assertThatThrownBy(() -> journal.append(T, T, JournalFixture.few().get(1)))
                    .isInstanceOf(IOException.class);
            disk.heal();
            journal.append(T, T, JournalFixture.few().get(2));
        }
        assertThat(JournalReader.read(file).events()).hasSize(2);
    }

    @Test
    void whatCouldNotBeTakenBackIsTakenBackAtTheEnd() throws IOException {
        Path file = dir.resolve("j");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, true, beside())) {
            journal.append(T, T, JournalFixture.few().get(0));
            disk.roomFor(10).refuseToTruncate();
            assertThatThrownBy(() -> journal.append(T, T, JournalFixture.few().get(1)))
                    .hasMessageContaining("No space left")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            disk.heal();
        }
        assertThat(JournalReader.read(file).torn()).isEmpty();
        assertThat(JournalReader.read(file).events()).hasSize(1);
    }

    @Test
    void anAppendThatIsNotForcedDidNotHappen() throws IOException {
        Path file = dir.resolve("j");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, true, beside())) {
            disk.refuseToForce();
            assertThatThrownBy(() -> journal.append(T, T, JournalFixture.few().get(0)))
                    .isInstanceOf(IOException.class);
            disk.heal();
            assertThat(Files.size(file)).isZero();
            assertThat(journal.append(T, T, JournalFixture.few().get(1)).seq()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedThreadStillWrites() throws IOException {
        Path file = dir.resolve("j");
        try (JournalFile journal = JournalFile.open(file)) {
            Thread.currentThread().interrupt();
            journal.append(T, T, new Event.CanaryEnded());
        } finally {
            Thread.interrupted();
        }
        assertThat(JournalReader.read(file).events()).hasSize(1);
    }

    @Test
    void refusesToContinueAnEndThatIsNotWhatWasWritten() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"quoted\\\"", "\"quoteD\\\""));
        assertThatThrownBy(() -> JournalFile.open(file))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("line 5");
    }

    @Test
    void anEventOverTheLimitIsRefusedAndNothingIsWritten() throws IOException {
        Path file = dir.resolve("j");
        try (JournalFile journal = JournalFile.open(file)) {
            Event huge = new Event.Noted(NoteKind.NOTE, "x".repeat(JournalLine.MAX_BYTES));
            assertThatThrownBy(() -> journal.append(T, T, huge)).hasMessageContaining("over the journal's limit");
            assertThat(Files.size(file)).isZero();
        }
    }

    private ReadingsFile beside() {
        Path file = dir.resolve("j.readings");
        return new ReadingsFile(() -> Storage.of(file), new Frames(file));
    }

    /** C3: what hangs with one disk waits for that one only. */
    @Test
    void filesOfOneFileStoreSaySo() throws Exception {
        try (JournalFile one = JournalFile.open(dir.resolve("one.jsonl"));
                JournalFile other = JournalFile.open(dir.resolve("folder/other.jsonl"))) {
            assertThat(one.disk()).isNotNull().isEqualTo(other.disk()).isNotSameAs(one);
        }
    }

    @Test
    void whatIsOpenedUnforcedIsTakenBackUntilItIsForced() throws IOException {
        Path file = dir.resolve("unforced.jsonl");
        try (JournalFile journal = JournalFile.openUnforced(file)) {
            journal.append(T, T, new Event.CanaryEnded());
            journal.force();
            journal.append(T, T, new Event.BakeStarted(0));
            assertThat(journal.lines()).isEqualTo(2);
            journal.takeBack();
            assertThat(journal.lines()).isEqualTo(1);
            assertThat(JournalReader.read(file).lines()).isEqualTo(1);
        }
        try (JournalFile journal = JournalFile.open(file)) {
            journal.append(T, T, new Event.BakeStarted(0));
            journal.takeBack();
            assertThat(JournalReader.read(file).lines()).isEqualTo(2);
        }
    }

    /** The record's time never goes back, though the wall's may. */
    @Test
    void whatIsMendedIsNotOlderThanTheLineBefore() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        Instant last = T.plusSeconds(4);
        for (Instant wall : List.of(T.minusSeconds(60), T.plusSeconds(60))) {
            byte[] whole = Files.readAllBytes(file);
            Files.writeString(file, "{", StandardOpenOption.APPEND);
            JournalFile.open(file, false, Clock.fixed(wall, ZoneOffset.UTC)).close();
            Stamped gap = JournalReader.read(file).events().get(5);
            assertThat(gap.at()).isEqualTo(wall.isAfter(last) ? wall : last);
            assertThat(gap.wall()).isEqualTo(wall);
            Files.write(file, whole);
        }
    }

    /** Who goes on from what was mended must not find it torn again. */
    @Test
    void whatIsMendedIsForced() throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        Files.writeString(file, "{", StandardOpenOption.APPEND);
        FakeStorage storage = new FakeStorage(Storage.of(file));
        storage.refuseToForce();
        assertThatThrownBy(() -> JournalFile.open(file, false, JournalFixture.CLOCK, disk(storage)))
                .hasMessageContaining("Input/output error");
        assertThat(storage.closed()).as("nobody has it open any more").isTrue();
    }

    private static Disk disk(Storage storage) {
        return new Disk() {
            @Override
            public Storage open(Path file) {
                return storage;
            }

            @Override
            public Object name(Path file) {
                return "disk";
            }
        };
    }

    @Test
    void readingsThatCanNotBeForcedAreHeard() throws IOException {
        Path file = dir.resolve("j.readings");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        ReadingsFile readings = new ReadingsFile(() -> disk, new Frames(file));
        try (JournalFile journal = new JournalFile(Storage.of(dir.resolve("j")), Tail.EMPTY, false, readings)) {
            journal.append(T, T, new Event.RouterRead("read", 5, 1, 2, 3, true, null, T));
            disk.refuseToForce();
            assertThatThrownBy(journal::force).hasMessageContaining("Input/output error");
            disk.heal();
            assertThat(Files.size(file)).as("taken back").isZero();
        }
    }

    /** What was left of a line by a write that failed is in nobody's way, forced or not. */
    @Test
    void whatIsLeftOfALineIsTakenBackWithWhatWasNotForced() throws IOException {
        Path file = dir.resolve("j");
        FakeStorage disk = new FakeStorage(Storage.of(file));
        try (JournalFile journal = new JournalFile(disk, Tail.EMPTY, false, beside())) {
            journal.append(T, T, JournalFixture.few().get(0));
            journal.force();
            long length = Files.size(file);
            disk.roomFor(10).refuseToTruncate();
            assertThatThrownBy(() -> journal.append(T, T, JournalFixture.few().get(1)))
                    .isInstanceOf(IOException.class);
            disk.heal();
            assertThat(Files.size(file)).isGreaterThan(length);
            journal.takeBack();
            assertThat(Files.size(file)).isEqualTo(length);
        }
    }

    @Test
    void aJournalOfATornLineAloneBeginsAnew() throws IOException {
        Path file = Files.writeString(dir.resolve("j"), "{");
        try (JournalFile journal = JournalFile.open(file, true, JournalFixture.CLOCK)) {
            assertThat(journal.cutOff()).contains("a torn last line of 1 bytes was cut off after line 0");
        }
        assertThat(JournalReader.read(file).events()).hasSize(1);
    }
}
