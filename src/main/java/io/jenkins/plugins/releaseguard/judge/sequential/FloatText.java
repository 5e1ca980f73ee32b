// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import java.util.Base64;

/** The bits of floats in base 64: half as long as their digits, and back exactly. */
final class FloatText {
    private FloatText() {}

    static String of(float[] row) {
        byte[] bytes = new byte[Float.BYTES * row.length];
        for (int i = 0; i < bytes.length; i++) {
            int shift = Byte.SIZE * (Float.BYTES - 1 - i % Float.BYTES);
            bytes[i] = (byte) (Float.floatToIntBits(row[i / Float.BYTES]) >>> shift);
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException where it isn't base 64 */
    static float[] read(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        float[] row = new float[bytes.length / Float.BYTES];
        for (int i = 0; i < row.length; i++) {
            int bits = 0;
            for (int k = 0; k < Float.BYTES; k++) {
                bits = bits << Byte.SIZE | bytes[Float.BYTES * i + k] & 0xff;
            }
            row[i] = Float.intBitsToFloat(bits);
        }
        return row;
    }
}
