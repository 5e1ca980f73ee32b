// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** New journals in real files, and how often any of them asks the disk to have what was written. */
public final class CountedJournals {
    private final LongAdder forces = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Of both files, that of the lines and that of the readings. */
    public long forces() {
        return forces.sum();
    }

    /** What all of them took together. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    public JournalWriter open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Object disk = Files.getFileStore(file.getParent()).toString();
        ReadingsFile readings =
                new ReadingsFile(() -> counted(Storage.of(Frames.beside(file))), new Frames(Frames.beside(file)));
        JournalFile journal = new JournalFile(counted(Storage.of(file)), Tail.EMPTY, false, readings);
        return new JournalWriter() {
            @Override
            public Stamped append(java.time.Instant at, java.time.Instant wall, Event event) throws IOException {
                return journal.append(at, wall, event);
            }

            @Override
            public void force() throws IOException {
                journal.force();
            }

            @Override
            public Object disk() {
                return disk;
            }

            @Override
            public void close() throws IOException {
                journal.close();
            }
        };
    }

    private Storage counted(Storage to) {
        return new Storage() {
            @Override
            public void write(byte[] bytes) throws IOException {
                to.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                to.truncate(length);
            }

            @Override
            public void force() throws IOException {
                long start = System.nanoTime();
                to.force();
                nanos.add(System.nanoTime() - start);
                forces.increment();
            }

            @Override
            public void close() throws IOException {
                to.close();
            }
        };
    }
}
