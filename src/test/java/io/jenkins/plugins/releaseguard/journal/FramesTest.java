// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesTest {
    private static final byte[] PAYLOAD = "a reading".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    @Test
    void theFileBesideHasTheJournalsName() {
        assertThat(Frames.beside(dir.resolve("journal.jsonl"))).isEqualTo(dir.resolve("journal.readings"));
        assertThat(Frames.beside(dir.resolve("journal"))).isEqualTo(dir.resolve("journal.readings"));
        assertThat(Frames.beside(dir.resolve(".journal"))).isEqualTo(dir.resolve(".journal.readings"));
    }

    /** What could be written can be read. */
    @Test
    void theLargestFrameComesBackAndALargerOneIsNotWritten() throws IOException {
        byte[] largest = new byte[Frames.MAX_BYTES];
        largest[largest.length - 1] = 7;
        try (Frames frames = frames(Frames.of(largest))) {
            assertThat(frames.next()).isEqualTo(largest);
            assertThat(frames.next()).isNull();
            assertThat(frames.damage()).isNull();
        }
        assertThatThrownBy(() -> Frames.of(new byte[Frames.MAX_BYTES + 1])).isInstanceOf(OversizedEventException.class);
    }

    @Test
    void aLengthBeyondTheLargestIsDamage() throws IOException {
        PackedOut length = new PackedOut();
        length.number(Frames.MAX_BYTES + 1L);
        assertDamaged("names a length of " + (Frames.MAX_BYTES + 1) + " bytes", length.bytes());
    }

    /** So does a file system leave a file behind whose length it kept and whose bytes it lost. */
    @Test
    void zerosAreDamageAndNoReadingThatIsStillBeingWritten() throws IOException {
        assertDamaged("names a length of 0 bytes", new byte[1]);
        assertDamaged("names a length of 0 bytes", new byte[512]);
    }

    @Test
    void anyByteThatIsAnotherIsFound() throws IOException {
        byte[] frame = Frames.of(PAYLOAD);
        for (int i = 1; i < frame.length; i++) {
            byte[] other = frame.clone();
            other[i] ^= 4;
            assertDamaged("is not what was written", other);
        }
    }

    @Test
    void aFrameThatIsNotWholeYetIsGivenWhenItIs() throws IOException {
        byte[] frame = Frames.of(PAYLOAD);
        Path file = dir.resolve("growing.readings");
        for (int torn = 0; torn < frame.length; torn++) {
            Files.write(file, Arrays.copyOf(frame, torn));
            try (Frames frames = new Frames(file)) {
                assertThat(frames.next()).isNull();
                assertThat(frames.damage()).isNull();
                Files.write(file, frame);
                assertThat(frames.next()).isEqualTo(PAYLOAD);
                assertThat(frames.count()).isEqualTo(1);
                assertThat(frames.bytes()).isEqualTo(frame.length);
            }
        }
    }

    private void assertDamaged(String damage, byte[] bytes) throws IOException {
        try (Frames frames = frames(bytes)) {
            assertThat(frames.next()).isNull();
            assertThat(frames.damage()).isEqualTo(damage);
            assertThat(frames.next()).isNull();
            assertThat(frames.count()).isZero();
        }
    }

    private Frames frames(byte[] bytes) throws IOException {
        return new Frames(Files.write(dir.resolve("journal.readings"), bytes));
    }
}
