// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The record's journal as far as it can be written: traffic goes back all the same where the folder is read-only or the disk is full, and
 * what the journal lacks is told at the end.
 */
final class HandJournal implements JournalWriter {
    /** Null where nothing is written. */
    private final JournalWriter file;

    private volatile String failure;

    private HandJournal(JournalWriter file, String failure) {
        this.file = file;
        this.failure = failure;
    }

    static HandJournal open(Path path) {
        try {
            return on(JournalFile.openUnforced(path));
        } catch (IOException e) {
            return unwritten(e.toString());
        }
    }

    static HandJournal on(JournalWriter file) {
        return new HandJournal(file, null);
    }

    /** Takes everything and keeps nothing. */
    static HandJournal unwritten(String why) {
        return new HandJournal(null, why);
    }

    /** Why it lacks what was done; null where all of it was taken. */
    String failure() {
        return failure;
    }

    /** Whether it takes nothing at all. */
    boolean isUnwritten() {
        return file == null;
    }

    @Override
    public Stamped append(Instant at, Instant wall, Event event) throws IOException {
        try {
            return file == null ? new Stamped(-1, at, wall, event) : file.append(at, wall, event);
        } catch (IOException e) {
            failure = e.toString();
            throw e;
        }
    }

    @Override
    public void force() throws IOException {
        if (file == null) {
            return;
        }
        try {
            file.force();
            failure = null;
        } catch (IOException e) {
            failure = e.toString();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
