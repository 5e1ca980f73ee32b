// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The readings' file as frames, one at a time: length, bytes, and their CRC-32C. Counts and digests what it gave. A frame that has not
 * been written to its end yet can be asked for again.
 */
final class Frames implements Closeable {
    static final int MAX_BYTES = 8 << 20;
    private static final int CRC_BYTES = 4;
    private static final int LENGTH_BYTES = 4;

    private final Path path;
    private final MessageDigest digest = Sha256.begin();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(512);
    private InputStream in;
    private long count;
    private long bytes;
    private String damage;

    /** The file need not be there. */
    Frames(Path path) {
        this.path = path;
    }

    /** The file beside a journal. */
    static Path beside(Path journal) {
        String name = journal.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return journal.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".readings");
    }

    static byte[] of(byte[] payload) throws IOException {
        if (payload.length > MAX_BYTES) {
            throw new OversizedEventException(payload.length, MAX_BYTES);
        }
        PackedOut out = new PackedOut();
        out.number(payload.length);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + LENGTH_BYTES + CRC_BYTES);
        frame.writeBytes(out.bytes());
        frame.writeBytes(payload);
        PackedOut sum = new PackedOut();
        sum.bits(crc(payload), CRC_BYTES);
        frame.writeBytes(sum.bytes());
        return frame.toByteArray();
    }

    /** The next frame's bytes; null at the end, and where what follows is no whole frame. */
    byte[] next() throws IOException {
        if (in == null && Files.exists(path)) {
            in = new BufferedInputStream(Files.newInputStream(path));
        }
        if (in == null || damage != null) {
            return null;
        }
        while (true) {
            byte[] soFar = part.toByteArray();
            int head = head(soFar);
            if (head == 0) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                part.write(b);
                continue;
            }
            PackedIn length = new PackedIn(Arrays.copyOf(soFar, head));
            long size = length.number();
            if (head > LENGTH_BYTES || size == 0 || size > MAX_BYTES) {
                damage = "names a length of " + size + " bytes";
                return null;
            }
            int missing = head + (int) size + CRC_BYTES - soFar.length;
            byte[] rest = in.readNBytes(missing);
            part.writeBytes(rest);
            return rest.length < missing ? null : whole(head, (int) size);
        }
    }

    private byte[] whole(int head, int size) throws IOException {
        byte[] frame = part.toByteArray();
        byte[] payload = Arrays.copyOfRange(frame, head, head + size);
        PackedIn sum = new PackedIn(Arrays.copyOfRange(frame, head + size, frame.length));
        if (sum.bits(CRC_BYTES) != crc(payload)) {
            damage = "is not what was written";
            return null;
        }
        part.reset();
        digest.update(frame);
        count++;
        bytes += frame.length;
        return payload;
    }

    /** How many bytes the length takes; 0 while it isn't whole. */
    private static int head(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] >= 0 || i == LENGTH_BYTES) {
                return i + 1;
            }
        }
        return 0;
    }

    private static long crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return crc.getValue();
    }

    /** What the frames given so far come to. */
    ReadingsMark mark() {
        return new ReadingsMark(count, bytes, hex(digest), false);
    }

    /** Of what was fed so far, and more can follow. */
    static String hex(MessageDigest digest) {
        return Sha256.hex(copy(digest));
    }

    /** As it is now, whatever the other is fed later. */
    static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform's SHA-256 can be cloned", e);
        }
    }

    MessageDigest digest() {
        return digest;
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** What is wrong with the frame that follows; null where nothing is, or nothing follows. */
    String damage() {
        return damage;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
