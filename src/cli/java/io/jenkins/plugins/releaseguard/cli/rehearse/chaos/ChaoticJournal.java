// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.time.Instant;

/** A journal on a disk that is full, fails or hangs as the faults want it to, and that a kill takes from its writer. */
public final class ChaoticJournal implements JournalWriter {
    private final JournalFile file;
    private final Chaos chaos;
    private boolean cut;

    public ChaoticJournal(JournalFile file, Chaos chaos) {
        this.file = file;
        this.chaos = chaos;
    }

    @Override
    public Stamped append(Instant at, Instant wall, Event event) throws IOException {
        chaos.hang(FaultKind.DISK_HANGING);
        if (chaos.is(FaultKind.DISK_FULL)) {
            throw new IOException("no space left on device");
        }
        synchronized (this) {
            check();
            return file.append(at, wall, event);
        }
    }

    @Override
    public void force() throws IOException {
        chaos.hang(FaultKind.DISK_HANGING);
        synchronized (this) {
            check();
            if (chaos.is(FaultKind.DISK_FAILING)) {
                file.takeBack();
                throw new IOException("input/output error");
            }
            file.force();
        }
    }

    private void check() throws IOException {
        if (cut) {
            throw new IOException("killed");
        }
    }

    /** What had not been forced is lost, as when the machine goes; nothing is written from here on. */
    public synchronized void cut() throws IOException {
        if (cut) {
            return;
        }
        cut = true;
        try (file) {
            file.takeBack();
        }
    }

    @Override
    public Object disk() {
        return file.disk();
    }

    @Override
    public synchronized void close() throws IOException {
        if (!cut) {
            cut = true;
            file.close();
        }
    }
}
