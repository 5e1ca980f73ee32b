// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal, event by event, and checks its chain on the way; the readings beside it come in their places among the lines. Holds
 * one event at a time. Readings that aren't what was written never make a journal unreadable: {@link #readings} tells of them.
 */
public final class JournalReader implements Closeable {
    private final String file;
    private final String expectedHead;
    private final RawLines lines;
    private final Path beside;
    private final Frames frames;
    private final ReadingDecoder decoder = new ReadingDecoder();
    private JournalLine line;
    private Stamped reading;
    private boolean ended;
    private String head = JournalLine.NO_DIGEST;
    private Sealed before = new Sealed(0, 0, null);
    private long sealedBytes;
    private String damage;
    private boolean stuck;

    /** The readings before the one at hand; {@code digest} null for none. */
    private record Sealed(long count, long bytes, MessageDigest digest) {
        boolean is(ReadingsMark mark) {
            String hex = Frames.hex(digest == null ? Sha256.begin() : digest);
            return count == mark.count() && bytes == mark.bytes() && hex.equals(mark.sha256());
        }
    }

    private JournalReader(Path path, String expectedHead) throws IOException {
        this.file = path.getFileName().toString();
        this.expectedHead = expectedHead;
        this.beside = Frames.beside(path);
        this.lines = new RawLines(path);
        this.frames = new Frames(beside);
    }

    /** A last line without its newline: line number, where it starts, and how long it is. */
    public record Torn(long line, long offset, int bytes) {}

    /**
     * The file of readings beside the journal.
     *
     * @param file its name
     * @param damage how it differs from what was written, as a sentence without its name; null where it doesn't
     * @param loose bytes in it that no line has sealed yet
     */
    public record Readings(String file, String damage, long loose) {}

    /** What stands in the journal; {@code head} is the SHA-256 of the last whole line, 64 zeros for none. */
    public record Reading(List<Stamped> events, Optional<Torn> torn, String head, long lines, Readings readings) {}

    /** Takes an event; may fail for reasons of its own. */
    public interface Sink {
        void take(Stamped event) throws IOException;
    }

    /** @throws java.nio.file.NoSuchFileException when there is no such file */
    public static JournalReader open(Path path) throws IOException {
        return open(path, "");
    }

    /**
     * The same with a seal at hand.
     *
     * @param expectedHead the last line's hash where a seal tells it: decides which of the last two lines was altered
     */
    public static JournalReader open(Path path, String expectedHead) throws IOException {
        return new JournalReader(path, expectedHead);
    }

    /**
     * Reads all of it at once.
     *
     * @throws JournalException when a line is not what was written
     * @throws java.nio.file.NoSuchFileException when there is no such file
     */
    public static Reading read(Path path) throws IOException {
        return read(path, "");
    }

    /** The same with a seal at hand, see {@link #open(Path, String)}. */
    public static Reading read(Path path, String expectedHead) throws IOException {
        try (JournalReader reader = open(path, expectedHead)) {
            List<Stamped> events = new ArrayList<>();
            reader.forEach(events::add);
            return new Reading(List.copyOf(events), reader.torn(), reader.head(), reader.lines(), reader.readings());
        }
    }

    /** Gives all that is left. */
    public void forEach(Sink sink) throws IOException {
        for (Stamped event = next(); event != null; event = next()) {
            sink.take(event);
        }
    }

    /**
     * The next event; null at the end.
     *
     * @throws JournalException when a line is not what was written
     */
    public Stamped next() throws IOException {
        if (line == null && !ended) {
            line = nextLine();
            ended = line == null;
        }
        if (reading == null && !stuck) {
            nextReading();
        }
        if (reading != null && (line == null ? reading.seq() <= lines.number() : reading.seq() < line.number())) {
            return takeReading();
        }
        return line == null ? null : takeLine();
    }

    private Stamped takeReading() {
        Stamped taken = reading;
        reading = null;
        before = new Sealed(frames.count(), frames.bytes(), frames.digest());
        return taken;
    }

    private Stamped takeLine() {
        JournalLine taken = line;
        line = null;
        head = taken.hash();
        ReadingsMark mark = taken.mark();
        if (mark != null) {
            sealedBytes = mark.bytes();
            boolean whole = before.is(mark);
            if (mark.anew() && whole && !stuck) {
                damage = null;
            } else if (!whole && damage == null) {
                damage = Files.exists(beside) ? "is not what was written before line " + taken.number() : "is missing";
            }
        }
        return taken.stamped();
    }

    private JournalLine nextLine() throws IOException {
        byte[] bytes = lines.next();
        if (bytes == null) {
            return null;
        }
        JournalLine next = JournalLine.read(file, lines.number(), bytes);
        if (!next.prev().equals(head)) {
            throw broken(next, head);
        }
        return next;
    }

    private void nextReading() throws IOException {
        if (before.digest() != null) {
            before = new Sealed(before.count(), before.bytes(), Frames.copy(before.digest()));
        }
        byte[] frame = frames.next();
        if (frame == null) {
            if (frames.damage() != null) {
                stop(frames.count() + 1, frames.damage());
            }
            return;
        }
        try {
            reading = decoder.unpack(frame);
        } catch (IOException e) {
            stop(frames.count(), e.getMessage());
        }
    }

    private void stop(long number, String what) {
        stuck = true;
        damage = damage == null ? "reading " + number + " " + what : damage;
    }

    /** The SHA-256 of the last line given, 64 zeros before the first. */
    public String head() {
        return head;
    }

    /** How many lines there were. */
    public long lines() {
        return lines.number();
    }

    /** What stands behind the last whole line; known at the end. */
    public Optional<Torn> torn() {
        return lines.tornBytes() == 0
                ? Optional.empty()
                : Optional.of(new Torn(lines.number() + 1, lines.wholeBytes(), lines.tornBytes()));
    }

    /** The state of the readings; known at the end. */
    public Readings readings() throws IOException {
        long size = Files.exists(beside) ? Files.size(beside) : 0;
        return new Readings(beside.getFileName().toString(), damage, Math.max(0, size - sealedBytes));
    }

    @Override
    public void close() throws IOException {
        try (frames) {
            lines.close();
        }
    }

    /** A link that doesn't fit accuses the line before, unless the line itself doesn't fit what follows it either. */
    private JournalException broken(JournalLine broken, String expected) throws IOException {
        byte[] bytes = lines.next();
        String claimed = bytes == null
                ? expectedHead
                : JournalLine.read(file, lines.number(), bytes).prev();
        boolean lineFits = claimed.isEmpty() || claimed.equals(broken.hash());
        if (broken.number() > 1 && lineFits) {
            return differs(broken.number() - 1, expected, broken.prev());
        }
        return broken.number() == 1
                ? new JournalException(file, 1, "the first line must follow 64 zeros, not " + broken.prev())
                : new JournalException(
                        file,
                        broken.number(),
                        "names " + broken.prev() + " as the line before, whose SHA-256 is " + expected);
    }

    private JournalException differs(long number, String is, String was) {
        return new JournalException(file, number, "its SHA-256 is " + is + ", but it was written with " + was);
    }
}
