// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The few file operations that the journal needs, so that a test can make any of them fail. */
interface Storage extends Closeable {
    /** Writes at the end; may leave a part behind when it fails. */
    void write(byte[] bytes) throws IOException;

    void truncate(long length) throws IOException;

    void force() throws IOException;

    /** A RandomAccessFile and not a channel, since an interrupt closes a channel for good. */
    static Storage of(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new Storage() {
            @Override
            public void write(byte[] bytes) throws IOException {
                file.seek(file.length());
                file.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                file.setLength(length);
            }

            @Override
            public void force() throws IOException {
                file.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
