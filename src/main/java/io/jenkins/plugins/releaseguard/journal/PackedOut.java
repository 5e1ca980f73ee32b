// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Values as few bytes: what {@link PackedIn} reads. */
final class PackedOut {
    /** Whole numbers up to here are written as such; beyond, a double no longer holds each of them. */
    private static final double WHOLE = 1L << 53;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    byte[] bytes() {
        return out.toByteArray();
    }

    void oneByte(int value) {
        out.write(value);
    }

    /** Seven bits a byte, the lowest first; small numbers are short. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Small numbers are short whatever their sign. */
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    /** A count is as short as its digits; other fractions stand as they are, and null is one byte. */
    void value(Double value) {
        if (value == null) {
            number(PackedIn.ABSENT);
            return;
        }
        double v = value;
        if (v == Math.rint(v) && Math.abs(v) <= WHOLE && Double.doubleToRawLongBits(v) != Long.MIN_VALUE) {
            long whole = (long) v;
            number((whole << 1 ^ whole >> 63) << 1);
        } else if (Double.compare((float) v, v) == 0) {
            number(PackedIn.FLOAT);
            bits(Float.floatToRawIntBits((float) v), 4);
        } else {
            number(PackedIn.DOUBLE);
            bits(Double.doubleToRawLongBits(v), 8);
        }
    }

    /** The highest byte first. */
    void bits(long bits, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (bits >>> 8 * i));
        }
    }

    /** As a distance from another time. */
    void time(Instant time, Instant from) {
        signed(time.getEpochSecond() - from.getEpochSecond());
        number(time.getNano());
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.write(utf8, 0, utf8.length);
    }
}
