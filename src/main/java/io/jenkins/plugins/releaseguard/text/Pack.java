// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers one behind the other in as little text as holds them, back exactly: a float that came before is its place, a double that is
 * a float is one, and bytes are digits of base 85 (the alphabet of ZeroMQ's Z85, which JSON takes as it is). {@link Reader} gives
 * them back in their order.
 */
public final class Pack {
    private static final String ALPHABET =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int BASE = ALPHABET.length();
    private static final int WORD = 4;
    private static final int SEVEN_BITS = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;
    private static final int BYTE = 0xff;
    private static final int PLACES = 256;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> seen = new ArrayList<>();

    /** @param n not negative */
    public Pack count(long n) {
        long left = n;
        while (left > LOW) {
            bytes.write((int) (left & LOW) | MORE);
            left >>>= SEVEN_BITS;
        }
        bytes.write((int) left);
        return this;
    }

    /** Any number of them; how many is written, too. */
    public Pack floats(float... row) {
        count(row.length);
        for (int from = 0; from < row.length; from += Byte.SIZE) {
            int known = 0;
            ByteArrayOutputStream eight = new ByteArrayOutputStream();
            for (int i = from; i < Math.min(row.length, from + Byte.SIZE); i++) {
                int bits = Float.floatToRawIntBits(row[i]);
                int place = seen.indexOf(bits);
                if (place >= 0 && place < PLACES) {
                    known |= 1 << i - from;
                    eight.write(place);
                } else {
                    write(eight, Float.BYTES, bits);
                    seen.add(bits);
                }
            }
            bytes.write(known);
            bytes.writeBytes(eight.toByteArray());
        }
        return this;
    }

    /** Any number of them; zeros at the end are left out. */
    public Pack doubles(double... row) {
        int n = row.length;
        while (n > 0 && row[n - 1] == 0) {
            n--;
        }
        count(n);
        for (int from = 0; from < n; from += Byte.SIZE) {
            int wide = 0;
            ByteArrayOutputStream eight = new ByteArrayOutputStream();
            for (int i = from; i < Math.min(n, from + Byte.SIZE); i++) {
                float rounded = (float) row[i];
                if (rounded == row[i]) {
                    write(eight, Float.BYTES, Float.floatToRawIntBits(rounded));
                } else {
                    wide |= 1 << i - from;
                    write(eight, Double.BYTES, Double.doubleToRawLongBits(row[i]));
                }
            }
            bytes.write(wide);
            bytes.writeBytes(eight.toByteArray());
        }
        return this;
    }

    private static void write(ByteArrayOutputStream out, int size, long bits) {
        for (int i = size - 1; i >= 0; i--) {
            out.write((int) (bits >>> Byte.SIZE * i) & BYTE);
        }
    }

    /** All that was put in. */
    public String text() {
        byte[] all = bytes.toByteArray();
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < all.length; from += WORD) {
            int size = Math.min(WORD, all.length - from);
            long word = 0;
            for (int i = 0; i < WORD; i++) {
                word = word << Byte.SIZE | (i < size ? all[from + i] & BYTE : 0);
            }
            char[] digits = new char[WORD + 1];
            for (int i = WORD; i >= 0; i--) {
                digits[i] = ALPHABET.charAt((int) (word % BASE));
                word /= BASE;
            }
            text.append(digits, 0, size + 1);
        }
        return text.toString();
    }

    /** Reads what {@link Pack} wrote. */
    public static final class Reader {
        private final byte[] bytes;
        private final List<Integer> seen = new ArrayList<>();
        private int at;

        /** @throws IllegalArgumentException where it isn't base 85 */
        public Reader(String text) {
            int words = text.length() / (WORD + 1);
            int rest = text.length() % (WORD + 1);
            bytes = new byte[words * WORD + Math.max(0, rest - 1)];
            for (int from = 0, to = 0; to < bytes.length; from += WORD + 1, to += WORD) {
                long word = 0;
                for (int i = 0; i <= WORD; i++) {
                    // the digits that a short word leaves out are the highest: what was rounded off is below its bytes
                    int digit = from + i < text.length() ? ALPHABET.indexOf(text.charAt(from + i)) : BASE - 1;
                    if (digit < 0) {
                        throw new IllegalArgumentException("no base 85: '" + text.charAt(from + i) + "'");
                    }
                    word = word * BASE + digit;
                }
                for (int i = 0; i < Math.min(WORD, bytes.length - to); i++) {
                    bytes[to + i] = (byte) (word >>> Byte.SIZE * (WORD - 1 - i));
                }
            }
        }

        /** @throws IllegalArgumentException at the end */
        public int count() {
            long n = 0;
            int b;
            int shift = 0;
            do {
                b = read();
                n |= (long) (b & LOW) << shift;
                shift += SEVEN_BITS;
            } while ((b & MORE) != 0);
            return Math.toIntExact(n);
        }

        /** @throws IllegalArgumentException at the end */
        public float[] floats() {
            float[] row = new float[size()];
            int known = 0;
            for (int i = 0; i < row.length; i++) {
                known = i % Byte.SIZE == 0 ? read() : known >> 1;
                if ((known & 1) != 0) {
                    row[i] = Float.intBitsToFloat(known(read()));
                } else {
                    int bits = (int) read(Float.BYTES);
                    seen.add(bits);
                    row[i] = Float.intBitsToFloat(bits);
                }
            }
            return row;
        }

        private int known(int place) {
            if (place >= seen.size()) {
                throw new IllegalArgumentException("no number at place " + place);
            }
            return seen.get(place);
        }

        /**
         * @param size of the row, with zeros at its end
         * @throws IllegalArgumentException at the end, or where there are more
         */
        public double[] doubles(int size) {
            double[] row = new double[size];
            int n = size();
            if (n > size) {
                throw new IllegalArgumentException("more than " + size + " numbers");
            }
            int wide = 0;
            for (int i = 0; i < n; i++) {
                wide = i % Byte.SIZE == 0 ? read() : wide >> 1;
                row[i] = (wide & 1) == 0
                        ? Float.intBitsToFloat((int) read(Float.BYTES))
                        : Double.longBitsToDouble(read(Double.BYTES));
            }
            return row;
        }

        /** More numbers than bytes there can't be. */
        private int size() {
            int n = count();
            if (n > bytes.length) {
                throw new IllegalArgumentException(n + " numbers in " + bytes.length + " bytes");
            }
            return n;
        }

        private long read(int size) {
            long bits = 0;
            for (int i = 0; i < size; i++) {
                bits = bits << Byte.SIZE | read();
            }
            return bits;
        }

        private int read() {
            if (at >= bytes.length) {
                throw new IllegalArgumentException("numbers end after " + bytes.length + " bytes");
            }
            return bytes[at++] & BYTE;
        }
    }
}
