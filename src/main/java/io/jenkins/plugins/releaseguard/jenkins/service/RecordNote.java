// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What record.json says, in memory and on the disk. A change counts also where it can't be written, and is written later. */
final class RecordNote {
    private static final Logger LOGGER = Logger.getLogger(RecordNote.class.getName());

    private final RecordFolder folder;

    /** Held by who writes. */
    private final Object disk = new Object();

    private volatile RecordInfo info;
    private boolean unwritten;
    private boolean closed;

    RecordNote(RecordFolder folder, RecordInfo info) {
        this.folder = folder;
        this.info = info;
    }

    RecordInfo info() {
        return info;
    }

    /** @throws IOException nothing has changed, since it can't be written */
    void put(RecordInfo changed) throws IOException {
        synchronized (disk) {
            folder.write(changed);
            synchronized (this) {
                info = changed;
                unwritten = false;
            }
        }
    }

    /** In memory, at once; {@link #catchUp} has it written. */
    synchronized void note(UnaryOperator<RecordInfo> change) {
        RecordInfo changed = change.apply(info);
        unwritten |= !changed.equals(info);
        info = changed;
    }

    /** A job or a folder has another full name now: the build is still the same, and what the release was begun with as well. */
    void moved(String before, String now) {
        ReleaseBuild build = new ReleaseBuild(info.run());
        note(known ->
                (build.jobName().equals(before) ? known.withRun(build.in(now).id()) : known).withFolder(before, now));
        catchUp();
    }

    /** Whether something isn't written, and nobody is about to. */
    synchronized boolean isOwed() {
        return unwritten;
    }

    /** Nothing is written any more: the folder goes elsewhere. */
    void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    /** Has written what isn't, and where the last try failed; may hang with the disk, and nothing else here does then. */
    void catchUp() {
        synchronized (disk) {
            RecordInfo noted = unwritten();
            if (noted != null && !closed) {
                try {
                    folder.write(noted);
                } catch (IOException e) {
                    failed();
                    LOGGER.log(
                            Level.WARNING,
                            e,
                            () -> "Could not note what has become of " + noted.id() + "; it is tried again");
                }
            }
        }
    }

    private synchronized RecordInfo unwritten() {
        RecordInfo noted = unwritten ? info : null;
        unwritten = false;
        return noted;
    }

    private synchronized void failed() {
        unwritten = true;
    }
}
