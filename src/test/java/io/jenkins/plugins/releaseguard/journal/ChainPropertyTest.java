// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ChainPropertyTest {
    private static Path dir;

    @BeforeContainer
    static void makeFolder() throws IOException {
        dir = Files.createTempDirectory("chain");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(dir.resolve("j"));
        Files.delete(dir);
    }

    @Property
    void anyTextComesBack(@ForAll @Size(max = 8) List<@net.jqwik.api.From("notes") Event> events) throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), events);
        assertThat(JournalReader.read(file).events()).extracting(Stamped::event).isEqualTo(events);
    }

    /** The last line has nothing behind it that could tell; the seal does (see Verification). */
    @Property
    void anyByteChangedBeforeTheLastLineIsFoundAndItsLineNamed(
            @ForAll @IntRange(max = 1_000_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        Path file = JournalFixture.write(dir.resolve("j"), JournalFixture.few());
        String head = JournalReader.read(file).head();
        byte[] bytes = Files.readAllBytes(file);
        int lastLine = lastLineStart(bytes);
        int at = place % lastLine;
        bytes[at] ^= (byte) flip;
        Files.write(file, bytes);

        JournalException error = catchThrowableOfType(JournalException.class, () -> JournalReader.read(file, head));
        assertThat(error).isNotNull();
        assertThat(error.line()).isEqualTo(lineOf(Files.readAllBytes(file), at, flip));
    }

    @Provide
    Arbitrary<Event> notes() {
        return Arbitraries.strings().all().excludeChars(surrogates()).map(text -> new Event.Noted(NoteKind.NOTE, text));
    }

    private static char[] surrogates() {
        char[] chars = new char[0x800];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (0xD800 + i);
        }
        return chars;
    }

    private static int lastLineStart(byte[] bytes) {
        for (int i = bytes.length - 2; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** The line that the byte stood in when it was written. */
    private static long lineOf(byte[] altered, int at, int flip) {
        byte[] bytes = altered.clone();
        bytes[at] ^= (byte) flip;
        long line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
