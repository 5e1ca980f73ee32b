// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A disk whose files are real, but whose force is told and not done: what was not forced may be lost, wholly or from any byte on, when the
 * machine goes down.
 */
public final class SimulatedDisk implements Disk {
    /** What is the matter with it. */
    public enum Trouble {
        NONE,
        /** It takes a part of what is written. */
        FULL,
        /** Nothing can be forced. */
        FAILING,
        /** Everything fails, undoing included. */
        GONE,
        /** Nothing comes back. */
        HANGING
    }

    private final Object name;
    private final SplittableRandom random;
    private final Map<Path, Open> files = new HashMap<>();
    private Trouble trouble = Trouble.NONE;
    private final Wait wait;
    private long forced;

    /** Keeps its thread. */
    public interface Wait {
        /** @throws IOException where there is no thread that could be kept */
        void until(BooleanSupplier over) throws IOException;
    }

    public SimulatedDisk(Object name, SplittableRandom random, Wait wait) {
        this.name = name;
        this.wait = wait;
        this.random = random;
    }

    /** Continues a journal on it, or begins one. */
    public JournalFile journal(Path file, Clock clock) throws IOException {
        if (trouble == Trouble.GONE || trouble == Trouble.HANGING) {
            throw new IOException("Input/output error");
        }
        return JournalFile.open(file, false, clock, this);
    }

    /** A journal, and what lies beside it. */
    public static void delete(Path journal) throws IOException {
        Files.deleteIfExists(journal);
        Files.deleteIfExists(Frames.beside(journal));
    }

    public void trouble(Trouble now) {
        trouble = now;
    }

    /** How often something was forced. */
    public long forced() {
        return forced;
    }

    /** The machine goes down: what was not forced is there, not there, or there in part. */
    public void crash() throws IOException {
        for (Open file : files.values()) {
            file.crash();
        }
        files.clear();
    }

    /** What of a file no crash takes away. */
    public String durable(Path path) throws IOException {
        byte[] all = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        Open open = files.get(path);
        int length = open == null ? all.length : (int) Math.min(all.length, open.durable);
        return new String(Arrays.copyOf(all, length), StandardCharsets.UTF_8);
    }

    @Override
    public Storage open(Path path) throws IOException {
        Open file = new Open(new RandomAccessFile(path.toFile(), "rw"));
        files.put(path, file);
        return file;
    }

    @Override
    public Object name(Path file) {
        return name;
    }

    private final class Open implements Storage {
        private final RandomAccessFile file;
        private long durable;
        private boolean closed;

        Open(RandomAccessFile file) throws IOException {
            this.file = file;
            durable = file.length();
        }

        private void operate() throws IOException {
            if (trouble == Trouble.HANGING) {
                wait.until(() -> trouble != Trouble.HANGING);
            }
            if (closed) {
                throw new IOException("the process is gone");
            }
            if (trouble == Trouble.GONE) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            operate();
            file.seek(file.length());
            if (trouble == Trouble.FULL) {
                file.write(bytes, 0, random.nextInt(bytes.length));
                throw new IOException("No space left on device");
            }
            file.write(bytes);
        }

        @Override
        public void truncate(long length) throws IOException {
            operate();
            file.setLength(length);
            durable = Math.min(durable, length);
        }

        @Override
        public void force() throws IOException {
            operate();
            if (trouble == Trouble.FAILING) {
                throw new IOException("Input/output error");
            }
            durable = file.length();
            forced++;
        }

        void crash() throws IOException {
            if (!closed) {
                long length = file.length();
                if (length > durable) {
                    file.setLength(random.nextInt(3) == 0 ? length : random.nextLong(durable, length + 1));
                }
            }
            close();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                file.close();
            }
        }
    }
}
