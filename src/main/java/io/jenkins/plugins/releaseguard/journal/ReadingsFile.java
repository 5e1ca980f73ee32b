// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;

/**
 * The file beside a journal that holds what comes with every look. Made when there is something to hold. An append that fails
 * leaves it as it was.
 */
final class ReadingsFile implements Closeable {
    private final Opener opener;
    private final ReadingEncoder encoder = new ReadingEncoder();
    private Storage storage;
    private Place end;
    private Place forced;
    private boolean dirty;

    /** Opens the file for writing. */
    interface Opener {
        Storage open() throws IOException;
    }

    /** How far the file goes. */
    private record Place(long count, long bytes, MessageDigest digest) {
        Place with(byte[] frame) {
            MessageDigest next = Frames.copy(digest);
            next.update(frame);
            return new Place(count + 1, bytes + frame.length, next);
        }
    }

    /** @param tail how far it goes already */
    ReadingsFile(Opener opener, Frames tail) {
        this.opener = opener;
        this.end = new Place(tail.count(), tail.bytes(), tail.digest());
        this.forced = end;
    }

    /** @param stamped its {@code seq} is that of the line it follows */
    void append(Stamped stamped) throws IOException {
        try {
            byte[] frame = Frames.of(encoder.pack(stamped));
            Storage to = storage();
            if (dirty) {
                to.truncate(end.bytes());
                dirty = false;
            }
            dirty = true;
            to.write(frame);
            dirty = false;
            end = end.with(frame);
        } catch (IOException | RuntimeException e) {
            encoder.begin();
            undo(e);
            throw e;
        }
    }

    /** What a line that follows says. */
    ReadingsMark mark(boolean anew) {
        return new ReadingsMark(end.count(), end.bytes(), Frames.hex(end.digest()), anew);
    }

    boolean empty() {
        return end.count() == 0;
    }

    /** Whether something is not on the disk yet. */
    boolean loose() {
        return end != forced;
    }

    /** They can be taken back until they are {@link #kept}. */
    void force() throws IOException {
        if (loose()) {
            storage().force();
        }
    }

    /** What was forced stays. */
    void kept() {
        forced = end;
    }

    /** Takes back what was not forced. */
    void takeBack() throws IOException {
        if (loose()) {
            end = forced;
            encoder.begin();
            dirty = true;
            storage().truncate(end.bytes());
            dirty = false;
        }
    }

    /** Cuts off what lies behind the tail that it was opened with. */
    void cut() throws IOException {
        storage().truncate(end.bytes());
        storage().force();
    }

    private void undo(Exception cause) {
        if (dirty && storage != null) {
            try {
                storage.truncate(end.bytes());
                dirty = false;
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private Storage storage() throws IOException {
        if (storage == null) {
            storage = opener.open();
        }
        return storage;
    }

    @Override
    public void close() throws IOException {
        if (storage == null) {
            return;
        }
        try {
            if (dirty) {
                storage.truncate(end.bytes());
            }
            force();
        } finally {
            storage.close();
        }
    }
}
