// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.journal.FolderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** That this controller alone writes the open records: {@code release-guard rollback} may be at work on one when it starts. */
final class RecordsLock {
    private static final Logger LOGGER = Logger.getLogger(RecordsLock.class.getName());

    /** About as long as a rollback by hand takes that is confirmed. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private volatile FolderLock held;

    /**
     * Waits for whoever has it; nothing that is open can be taken up before.
     *
     * @return false where it was not let go; true also where the disk knows no locks
     */
    boolean take(Path folder) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            Optional<FolderLock> lock = FolderLock.take(folder);
            while (lock.isEmpty() && System.nanoTime() < until) {
                Thread.sleep(BETWEEN.toMillis());
                lock = FolderLock.take(folder);
            }
            held = lock.orElse(null);
            return lock.isPresent();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't lock " + folder + ": a rollback by hand won't see that Jenkins runs");
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void release() {
        FolderLock lock = held;
        held = null;
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "Could not let go of the open records", e);
            }
        }
    }
}
