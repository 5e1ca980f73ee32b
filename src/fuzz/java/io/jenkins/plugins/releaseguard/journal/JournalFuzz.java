// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Journals: what was written or an {@link IOException}, nothing else. The chain's hashes stop a fuzzer at the second line,
 * so each line is read by itself, too; one that can be read can be written and read again.
 */
public final class JournalFuzz {
    private static final Path FILE = file();

    private JournalFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(JournalFuzz.class, JournalFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a whole journal. */
    public static boolean accepts(byte[] input) {
        long number = 0;
        for (String line : new String(input, StandardCharsets.UTF_8).split("\n")) {
            alone(++number, line.getBytes(StandardCharsets.UTF_8));
        }
        try {
            Files.write(FILE, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return JournalReader.read(FILE).torn().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static void alone(long number, byte[] bytes) {
        JournalLine line;
        try {
            line = JournalLine.read("journal", number, bytes);
        } catch (JournalException e) {
            return;
        }
        try {
            byte[] again = JournalLine.write(line.stamped(), line.prev());
            JournalLine.read("journal", number, Arrays.copyOf(again, again.length - 1));
        } catch (IOException e) {
            throw new AssertionError("read, but not to be written and read again: " + line, e);
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("journal", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
