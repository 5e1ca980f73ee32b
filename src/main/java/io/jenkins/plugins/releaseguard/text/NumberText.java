// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.nio.ByteBuffer;
import java.util.Base64;

/** The bits of floats and doubles in base 64: half as long as their digits, and back exactly. */
public final class NumberText {
    private NumberText() {}

    /** Zeros at the end are left out. */
    public static String ofDoubles(double[] row) {
        int n = row.length;
        while (n > 0 && row[n - 1] == 0) {
            n--;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * n);
        for (int i = 0; i < n; i++) {
            bytes.putDouble(row[i]);
        }
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * @param size of the row, with zeros at its end
     * @throws IllegalArgumentException where it isn't base 64, or longer
     */
    public static double[] readDoubles(String text, int size) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length > Double.BYTES * size) {
            throw new IllegalArgumentException("more than " + size + " numbers");
        }
        double[] row = new double[size];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(row, 0, bytes.length / Double.BYTES);
        return row;
    }

    public static String of(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length);
        bytes.asFloatBuffer().put(row);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException where it isn't base 64 */
    public static float[] read(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        float[] row = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(row);
        return row;
    }
}
