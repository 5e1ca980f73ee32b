// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads what {@link PackedOut} wrote; anything else is an {@link IOException}, and never takes more memory than its own bytes. */
final class PackedIn {
    /** Odd codes stand for what is no whole number. */
    static final int ABSENT = 1;

    static final int DOUBLE = 3;
    static final int FLOAT = 5;

    /** Counts repeat: a long release's readings need not have an object for each. */
    private static final Double[] SMALL = new Double[4096];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = (double) i;
        }
    }

    private final byte[] bytes;
    private int at;

    PackedIn(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean ended() {
        return at == bytes.length;
    }

    int oneByte() throws IOException {
        if (at >= bytes.length) {
            throw new IOException("ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = oneByte();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("holds a number that never ends");
    }

    long signed() throws IOException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    int whole() throws IOException {
        long value = signed();
        if (value != (int) value) {
            throw new IOException("holds " + value + " where a small number belongs");
        }
        return (int) value;
    }

    /** How many follow, each of them a byte at least. */
    int size() throws IOException {
        return size(number());
    }

    int size(long size) throws IOException {
        if (size < 0 || size > bytes.length - at) {
            throw new IOException("speaks of " + size + " parts and has " + (bytes.length - at) + " bytes left");
        }
        return (int) size;
    }

    Double value() throws IOException {
        long code = number();
        if ((code & 1) == 0) {
            long whole = code >>> 1;
            long value = whole >>> 1 ^ -(whole & 1);
            return value >= 0 && value < SMALL.length ? SMALL[(int) value] : (Double) (double) value;
        }
        return switch ((int) Math.min(code & Long.MAX_VALUE, Integer.MAX_VALUE)) {
            case ABSENT -> null;
            case FLOAT -> (double) Float.intBitsToFloat((int) bits(4));
            case DOUBLE -> Double.longBitsToDouble(bits(8));
            default -> throw new IOException("holds a number of an unknown kind, " + code);
        };
    }

    long bits(int count) throws IOException {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits = bits << 8 | oneByte();
        }
        return bits;
    }

    Instant time(Instant from) throws IOException {
        long seconds = signed();
        long nanos = number();
        try {
            return Instant.ofEpochSecond(Math.addExact(from.getEpochSecond(), seconds), nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("holds a time that is none", e);
        }
    }

    String text() throws IOException {
        int length = size();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
