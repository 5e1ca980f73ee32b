// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The journal's lines as bytes, one at a time; remembers where the last whole line ended and how much lies behind it. */
final class RawLines implements Closeable {
    private final String file;
    private final InputStream in;
    private long number;
    private long wholeBytes;
    private int tornBytes;

    RawLines(Path path) throws IOException {
        this.file = path.getFileName().toString();
        this.in = new BufferedInputStream(Files.newInputStream(path));
    }

    /** The next whole line without its newline, or null at the end. */
    byte[] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int b = in.read(); b != -1; b = in.read()) {
            if (b == '\n') {
                number++;
                wholeBytes += line.size() + 1L;
                return line.toByteArray();
            }
            if (line.size() >= JournalLine.MAX_BYTES) {
                throw new JournalException(file, number + 1, "is longer than " + JournalLine.MAX_BYTES + " bytes");
            }
            line.write(b);
        }
        tornBytes = line.size();
        return null;
    }

    /** The number of the line that {@link #next} gave last. */
    long number() {
        return number;
    }

    long wholeBytes() {
        return wholeBytes;
    }

    int tornBytes() {
        return tornBytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
