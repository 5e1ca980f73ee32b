// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Who may write the records of a folder: one process at a time, until it lets go or ends, however it ends. A lock of the operating
 * system on the file {@code lock}; it binds those who ask for it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder where it isn't there.
     *
     * @return empty while somebody else has it
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException e) {
            // by this very process
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new FolderLock(channel)) : Optional.empty();
    }

    /** Lets go. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
