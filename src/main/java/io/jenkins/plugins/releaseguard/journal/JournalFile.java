// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The journal's file: one JSON object per line, each with the SHA-256 of the line before. An append that fails leaves the file
 * as it was, so that a later one can work. Safe for several threads, though one writer is meant.
 */
public final class JournalFile implements JournalWriter {
    private final Storage storage;
    private final boolean forceEach;
    private final String cutOff;
    private long length;
    private long seq;
    private String head;
    private boolean dirty;

    JournalFile(Storage storage, Tail tail, boolean forceEach) {
        this.storage = storage;
        this.forceEach = forceEach;
        this.length = tail.length();
        this.seq = tail.seq();
        this.head = tail.head();
        this.cutOff = tail.tornText();
    }

    /** Creates the file or continues it; every append is forced to the disk. */
    public static JournalFile open(Path file) throws IOException {
        return open(file, true, Clock.systemUTC());
    }

    /**
     * Creates the file (and its folders) or continues it. A torn last line, left by a crash, is cut off, and a {@link Event.Gap}
     * says so in its place.
     *
     * @param forceEach force every append to the disk; otherwise the caller calls {@link #force}
     * @throws JournalException when the end of the chain is not what was written
     */
    public static JournalFile open(Path file, boolean forceEach, Clock clock) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Tail tail = Files.exists(file) ? Tail.of(file) : Tail.EMPTY;
        Storage storage = Storage.of(file);
        try {
            JournalFile journal = new JournalFile(storage, tail, forceEach);
            if (tail.torn() > 0) {
                storage.truncate(tail.length());
                Instant wall = clock.instant();
                Instant at = wall.isAfter(tail.at()) ? wall : tail.at();
                journal.append(at, wall, new Event.Gap(1, tail.tornText()));
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** What was cut off when the file was opened, as a sentence. */
    public Optional<String> cutOff() {
        return Optional.ofNullable(cutOff);
    }

    /** The last line's SHA-256, 64 zeros while there is none. */
    public synchronized String head() {
        return head;
    }

    /** How many lines there are. */
    public synchronized long lines() {
        return seq;
    }

    @Override
    public synchronized Stamped append(Instant at, Instant wall, Event event) throws IOException {
        Stamped stamped = new Stamped(seq + 1, at, wall, event);
        byte[] line = JournalLine.write(stamped, head);
        if (dirty) {
            storage.truncate(length);
            dirty = false;
        }
        try {
            storage.write(line);
            if (forceEach) {
                storage.force();
            }
        } catch (IOException e) {
            undo(e);
            throw e;
        }
        length += line.length;
        seq++;
        head = Sha256.hex(java.util.Arrays.copyOf(line, line.length - 1));
        return stamped;
    }

    /** Forces what was appended to the disk. */
    public synchronized void force() throws IOException {
        storage.force();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (dirty) {
                storage.truncate(length);
            }
            storage.force();
        } finally {
            storage.close();
        }
    }

    private void undo(IOException cause) {
        dirty = true;
        try {
            storage.truncate(length);
            dirty = false;
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
