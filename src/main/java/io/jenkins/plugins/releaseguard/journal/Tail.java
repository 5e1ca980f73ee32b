// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where a journal ends: the last whole line, and the bytes of a torn one behind it.
 *
 * @param mark what the lines say last of the readings beside them, null for nothing
 */
record Tail(long seq, String head, long length, int torn, Instant at, ReadingsMark mark) {
    static final Tail EMPTY = new Tail(0, JournalLine.NO_DIGEST, 0, 0, Instant.EPOCH, null);
    private static final String MARKED = "\"" + ReadingsMark.FIELD + "\":{";

    /** @throws JournalException when the last line doesn't follow from the one before */
    static Tail of(Path path) throws IOException {
        String file = path.getFileName().toString();
        byte[] before = null;
        byte[] last = null;
        ReadingsMark mark = null;
        try (RawLines lines = new RawLines(path)) {
            for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
                before = last;
                last = bytes;
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(MARKED)) {
                    ReadingsMark said =
                            JournalLine.read(file, lines.number(), bytes).mark();
                    mark = said == null ? mark : said;
                }
            }
            if (last == null) {
                return new Tail(0, JournalLine.NO_DIGEST, 0, lines.tornBytes(), Instant.EPOCH, null);
            }
            JournalLine line = JournalLine.read(file, lines.number(), last);
            String expected = before == null ? JournalLine.NO_DIGEST : Sha256.hex(before);
            if (!line.prev().equals(expected)) {
                throw new JournalException(
                        file,
                        lines.number(),
                        "names " + line.prev() + " as the line before, whose SHA-256 is " + expected);
            }
            return new Tail(
                    lines.number(),
                    line.hash(),
                    lines.wholeBytes(),
                    lines.tornBytes(),
                    line.stamped().at(),
                    mark);
        }
    }

    /** Null where nothing is torn. */
    String tornText() {
        return torn == 0 ? null : "a torn last line of " + torn + " bytes was cut off after line " + seq;
    }
}
