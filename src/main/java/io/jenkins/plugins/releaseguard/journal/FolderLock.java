// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may write the records of a folder: one process at a time, until it lets go or ends, however it ends. A lock of the operating
 * system on the file {@code lock}; it binds those who ask for it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    /** By this process. A second look at the file would let go of the lock: the operating system's hangs on neither channel. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder where it isn't there.
     *
     * @return empty while somebody else has it
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        Path real = Files.createDirectories(folder).toRealPath();
        if (!OURS.add(real)) {
            return Optional.empty();
        }
        FolderLock lock = null;
        try {
            lock = lock(real);
        } finally {
            if (lock == null) {
                OURS.remove(real);
            }
        }
        return Optional.ofNullable(lock);
    }

    /** Null while another process has it. */
    private static FolderLock lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new FolderLock(folder, channel);
    }

    /** Lets go. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OURS.remove(folder);
        }
    }
}
