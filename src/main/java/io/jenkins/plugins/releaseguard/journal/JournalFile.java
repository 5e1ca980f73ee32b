// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The journal's file: one JSON object per line, each with the SHA-256 of the line before. What comes with every look, samples and
 * readings of the router, lies packed in a file beside it, which the lines seal. An append that fails leaves both as they were,
 * so that a later one can work. Safe for several threads, though one writer is meant.
 */
public final class JournalFile implements JournalWriter {
    private final Storage storage;
    private final ReadingsFile readings;
    private final boolean forceEach;
    private Object disk = this;
    private String cutOff;
    private End end;
    private End forced;
    private boolean dirty;

    /** The last line; {@code marked}: no reading came after the last line that sealed them. */
    private record End(long length, long seq, String head, boolean marked) {}

    JournalFile(Storage storage, Tail tail, boolean forceEach, ReadingsFile readings) {
        this.storage = storage;
        this.readings = readings;
        this.forceEach = forceEach;
        // what lies behind the last mark is still to be sealed
        this.end = new End(tail.length(), tail.seq(), tail.head(), readings.empty());
        this.forced = end;
        this.cutOff = tail.tornText();
    }

    /** Creates the file or continues it; every line is forced to the disk. */
    public static JournalFile open(Path file) throws IOException {
        return open(file, true, Clock.systemUTC());
    }

    /** The same, forced to the disk when the caller says so. */
    public static JournalFile openUnforced(Path file) throws IOException {
        return open(file, false, Clock.systemUTC());
    }

    /**
     * Creates the file (and its folders) or continues it. A torn last line, left by a crash, is cut off, and so are readings that
     * can't be read; a {@link Event.Gap} says so in their place.
     *
     * @param forceEach force every line to the disk, and the readings before it; otherwise the caller calls {@link #force}
     * @throws JournalException when the end of the chain is not what was written
     */
    public static JournalFile open(Path file, boolean forceEach, Clock clock) throws IOException {
        return open(file, forceEach, clock, Disk.OF_FILES);
    }

    /** The same on a disk that may fail as a test wants it to. */
    static JournalFile open(Path file, boolean forceEach, Clock clock, Disk disk) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Path beside = Frames.beside(file);
        Tail tail = Files.exists(file) ? Tail.of(file) : Tail.EMPTY;
        if (tail.seq() == 0) {
            // of a journal that is no longer there
            Files.deleteIfExists(beside);
        }
        ReadingsTail kept = ReadingsTail.of(beside, tail);
        Storage storage = disk.open(file);
        ReadingsFile readings = new ReadingsFile(() -> disk.open(beside), kept.frames());
        try {
            JournalFile journal = new JournalFile(storage, tail, forceEach, readings);
            journal.disk = disk.name(file);
            Instant wall = clock.instant();
            Instant at = wall.isAfter(tail.at()) ? wall : tail.at();
            if (tail.torn() > 0) {
                storage.truncate(tail.length());
                journal.line(new Stamped(tail.seq() + 1, at, wall, new Event.Gap(1, tail.tornText())), false);
            }
            if (kept.text() != null) {
                journal.mend(kept, at, wall);
            }
            journal.force();
            return journal;
        } catch (IOException | RuntimeException e) {
            storage.close();
            readings.close();
            throw e;
        }
    }

    private synchronized void mend(ReadingsTail kept, Instant at, Instant wall) throws IOException {
        if (kept.loose() > 0) {
            readings.cut();
        }
        String text = kept.text() + " after line " + end.seq();
        cutOff = cutOff == null ? text : cutOff + "; " + text;
        line(new Stamped(end.seq() + 1, at, wall, new Event.Gap((int) Math.min(kept.lost(), 1 << 30), text)), true);
    }

    /** What was cut off when the file was opened, as a sentence. */
    public Optional<String> cutOff() {
        return Optional.ofNullable(cutOff);
    }

    /** The last line's SHA-256, 64 zeros while there is none. */
    public synchronized String head() {
        return end.head();
    }

    /** How many lines there are. */
    public synchronized long lines() {
        return end.seq();
    }

    /** The file store, by its name. */
    @Override
    public Object disk() {
        return disk;
    }

    /** A reading takes the number of the line it follows, every other event one of its own. */
    @Override
    public synchronized Stamped append(Instant at, Instant wall, Event event) throws IOException {
        if (ReadingEncoder.takes(event)) {
            Stamped reading = new Stamped(end.seq(), at, wall, event);
            readings.append(reading);
            end = new End(end.length(), end.seq(), end.head(), false);
            return reading;
        }
        Stamped stamped = new Stamped(end.seq() + 1, at, wall, event);
        line(stamped, false);
        return stamped;
    }

    private synchronized void line(Stamped stamped, boolean anew) throws IOException {
        ReadingsMark mark = anew || !end.marked() ? readings.mark(anew) : null;
        byte[] line = JournalLine.write(stamped, end.head(), mark);
        if (dirty) {
            storage.truncate(end.length());
            dirty = false;
        }
        try {
            if (forceEach) {
                readings.force();
            }
            storage.write(line);
            if (forceEach) {
                storage.force();
            }
        } catch (IOException e) {
            undo(e);
            throw e;
        }
        String head = Sha256.hex(Arrays.copyOf(line, line.length - 1));
        end = new End(end.length() + line.length, stamped.seq(), head, true);
        if (forceEach) {
            forced = end;
            readings.kept();
        }
    }

    /** Forces what was appended to the disk, the readings first; takes back what can't be. */
    @Override
    public synchronized void force() throws IOException {
        try {
            readings.force();
            if (end.length() != forced.length()) {
                storage.force();
            }
            forced = end;
            // not before the lines beside them: all of it comes again where one part can't be forced
            readings.kept();
        } catch (IOException e) {
            try {
                takeBack();
            } catch (IOException worse) {
                e.addSuppressed(worse);
            }
            throw e;
        }
    }

    /** Takes back what was not forced. */
    public synchronized void takeBack() throws IOException {
        boolean lines = end.length() != forced.length();
        end = new End(forced.length(), forced.seq(), forced.head(), readings.empty());
        dirty |= lines;
        try {
            // first, since they seal readings
            if (dirty) {
                storage.truncate(end.length());
                dirty = false;
            }
        } finally {
            readings.takeBack();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (readings) {
            if (dirty) {
                storage.truncate(end.length());
            }
            readings.force();
            storage.force();
        } finally {
            storage.close();
        }
    }

    private synchronized void undo(IOException cause) {
        dirty = true;
        try {
            storage.truncate(end.length());
            dirty = false;
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
