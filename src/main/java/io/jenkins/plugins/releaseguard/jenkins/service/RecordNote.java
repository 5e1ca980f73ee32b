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
    private volatile RecordInfo info;
    private boolean unwritten;

    RecordNote(RecordFolder folder, RecordInfo info) {
        this.folder = folder;
        this.info = info;
    }

    RecordInfo info() {
        return info;
    }

    /** @throws IOException nothing has changed, since it can't be written */
    synchronized void put(RecordInfo changed) throws IOException {
        folder.write(changed);
        info = changed;
        unwritten = false;
    }

    /** @param what it tells, for the log */
    synchronized void change(UnaryOperator<RecordInfo> change, String what) {
        RecordInfo changed = change.apply(info);
        if (!changed.equals(info)) {
            info = changed;
            unwritten = true;
            write(what);
        }
    }

    /** A job or a folder has another full name now: the build is still the same, and what the release was begun with as well. */
    void moved(String before, String now) {
        ReleaseBuild build = new ReleaseBuild(info.run());
        change(
                known -> (build.jobName().equals(before)
                                ? known.withRun(build.in(now).id())
                                : known)
                        .withFolder(before, now),
                before + " is " + now + " now");
    }

    /** One more try where the last one failed. */
    synchronized void catchUp() {
        if (unwritten) {
            write("it has changed");
        }
    }

    private void write(String what) {
        try {
            folder.write(info);
            unwritten = false;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "Could not note of " + info.id() + " that " + what + "; it is tried again");
        }
    }
}
