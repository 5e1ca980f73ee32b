// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * An immutable row of non-negative e-process values. They are kept as floats rounded down: short in JSON, back exactly, and
 * still valid, since giving capital away never makes an e-process wrong.
 */
public final class Capital {
    /** Far beyond every threshold; a cap loses nothing and keeps products finite. */
    private static final double CAP = 1e15;

    private final float[] row;

    private Capital(float[] row) {
        this.row = row;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Capital read(float[] row) {
        return new Capital(row.clone());
    }

    static Capital of(int size, double value) {
        float[] row = new float[size];
        Arrays.fill(row, (float) value);
        return new Capital(row);
    }

    @JsonValue
    float[] row() {
        return row.clone();
    }

    int size() {
        return row.length;
    }

    double get(int i) {
        return row[i];
    }

    /** Whether nothing is left, so that no factor changes it. */
    boolean isSpent() {
        for (float v : row) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    double mean() {
        double sum = 0;
        for (float v : row) {
            sum += v;
        }
        return sum / row.length;
    }

    /** Each entry times its factor. */
    Capital times(double[] factors) {
        float[] next = new float[row.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = down(Math.min(CAP, row[i] * factors[i]));
        }
        return new Capital(next);
    }

    Capital plus(double value) {
        float[] next = new float[row.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = down(Math.min(CAP, row[i] + value));
        }
        return new Capital(next);
    }

    private static float down(double v) {
        float f = (float) v;
        return f > v ? Math.nextDown(f) : f;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Capital c && Arrays.equals(row, c.row);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(row);
    }

    @Override
    public String toString() {
        return Arrays.toString(row);
    }
}
