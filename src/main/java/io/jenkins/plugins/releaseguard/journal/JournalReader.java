// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal and checks its chain on the way. */
public final class JournalReader {
    private final String file;
    private final String expectedHead;

    private JournalReader(String file, String expectedHead) {
        this.file = file;
        this.expectedHead = expectedHead;
    }

    /** A last line without its newline: line number, where it starts, and how long it is. */
    public record Torn(long line, long offset, int bytes) {}

    /** What stands in the journal; {@code head} is the SHA-256 of the last whole line, 64 zeros for none. */
    public record Reading(List<Stamped> events, Optional<Torn> torn, String head) {}

    /**
     * @throws JournalException when a line is not what was written
     * @throws java.nio.file.NoSuchFileException when there is no such file
     */
    public static Reading read(Path path) throws IOException {
        return read(path, "");
    }

    /**
     * The same with a seal at hand.
     *
     * @param expectedHead the last line's hash where a seal tells it: decides which of the last two lines was altered
     */
    public static Reading read(Path path, String expectedHead) throws IOException {
        return new JournalReader(path.getFileName().toString(), expectedHead).readAll(path);
    }

    private Reading readAll(Path path) throws IOException {
        try (RawLines lines = new RawLines(path)) {
            List<Stamped> events = new ArrayList<>();
            String head = JournalLine.NO_DIGEST;
            for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
                JournalLine line = JournalLine.read(file, lines.number(), bytes);
                if (!line.prev().equals(head)) {
                    throw broken(line, head, lines);
                }
                events.add(line.stamped());
                head = line.hash();
            }
            Optional<Torn> torn = lines.tornBytes() == 0
                    ? Optional.empty()
                    : Optional.of(new Torn(lines.number() + 1, lines.wholeBytes(), lines.tornBytes()));
            return new Reading(List.copyOf(events), torn, head);
        }
    }

    /** A link that doesn't fit accuses the line before, unless the line itself doesn't fit what follows it either. */
    private JournalException broken(JournalLine line, String before, RawLines lines) throws IOException {
        byte[] bytes = lines.next();
        String claimed = bytes == null
                ? expectedHead
                : JournalLine.read(file, lines.number(), bytes).prev();
        boolean lineFits = claimed.isEmpty() || claimed.equals(line.hash());
        if (line.number() > 1 && lineFits) {
            return differs(line.number() - 1, before, line.prev());
        }
        return line.number() == 1
                ? new JournalException(file, 1, "the first line must follow 64 zeros, not " + line.prev())
                : new JournalException(
                        file,
                        line.number(),
                        "names " + line.prev() + " as the line before, whose SHA-256 is " + before);
    }

    private JournalException differs(long number, String is, String was) {
        return new JournalException(file, number, "its SHA-256 is " + is + ", but it was written with " + was);
    }
}
