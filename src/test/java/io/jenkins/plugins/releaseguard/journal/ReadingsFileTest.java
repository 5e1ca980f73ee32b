// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails between the readings: what is read afterwards is what was taken. */
class ReadingsFileTest {
    private static final Instant T = JournalFixture.START;

    @TempDir
    Path dir;

    private Path file;
    private FakeStorage disk;
    private ReadingsFile readings;

    @BeforeEach
    void open() throws IOException {
        file = dir.resolve("journal.readings");
        disk = new FakeStorage(Storage.of(file));
        readings = new ReadingsFile(() -> disk, new Frames(file));
    }

    /** A name that the disk did not take was leant on by what came after it. */
    @Test
    void whatWasNotTakenIsNotLeantOn() throws IOException {
        append("first");
        disk.roomFor(3);
        assertThatThrownBy(() -> append("second")).hasMessageContaining("No space left");
        disk.heal();
        append("second");
        append("second");
        readings.close();
        assertThat(keys()).containsExactly("first", "second", "second");
    }

    @Test
    void whatWasTakenBackIsNotLeantOn() throws IOException {
        append("first");
        readings.force();
        readings.kept();
        append("second");
        readings.takeBack();
        append("second");
        readings.close();
        assertThat(keys()).containsExactly("first", "second");
    }

    @Test
    void aPartThatCouldNotBeTakenBackIsTakenBackBeforeTheNext() throws IOException {
        append("first");
        disk.roomFor(3).refuseToTruncate();
        assertThatThrownBy(() -> append("second"))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        disk.heal();
        append("third");
        readings.close();
        assertThat(keys()).containsExactly("first", "third");
    }

    @Test
    void aPartThatCouldNotBeTakenBackIsTakenBackAtTheEnd() throws IOException {
        append("first");
        long length = Files.size(file);
        disk.roomFor(3).refuseToTruncate();
        assertThatThrownBy(() -> append("second")).isInstanceOf(IOException.class);
        assertThat(Files.size(file)).isEqualTo(length + 3);
        disk.heal();
        readings.close();
        assertThat(Files.size(file)).isEqualTo(length);
    }

    /** What is loose at the end is forced, and a disk that refuses is heard. */
    @Test
    void theEndForcesWhatIsLoose() throws IOException {
        append("first");
        disk.refuseToForce();
        assertThatThrownBy(readings::close).hasMessageContaining("Input/output error");
    }

    private void append(String key) throws IOException {
        readings.append(new Stamped(1, T, T, new Event.RouterRead(key, 5, 1, 2, 3, true, null, T)));
    }

    private List<String> keys() throws IOException {
        List<String> keys = new ArrayList<>();
        ReadingDecoder decoder = new ReadingDecoder();
        try (Frames frames = new Frames(file)) {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                keys.add(((Event.RouterRead) decoder.unpack(frame).event()).key());
            }
            assertThat(frames.damage()).isNull();
            assertThat(frames.bytes()).isEqualTo(Files.size(file));
        }
        return keys;
    }
}
