// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.text.NumberText;
import io.jenkins.plugins.releaseguard.text.Pack;
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

    /** What {@link #text} wrote, or the array of numbers of earlier versions. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Capital read(JsonNode node) {
        if (node.isArray()) {
            float[] row = new float[node.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) node.get(i).doubleValue();
            }
            return new Capital(row);
        }
        return new Capital(NumberText.read(node.textValue()));
    }

    static Capital of(int size, double value) {
        float[] row = new float[size];
        Arrays.fill(row, (float) value);
        return new Capital(row);
    }

    @JsonValue
    String text() {
        return NumberText.of(row);
    }

    /** Writes {@link #packed}; null is an empty row. */
    static void pack(Pack to, Capital capital) {
        to.floats(capital == null ? new float[0] : capital.row);
    }

    /** What {@link #pack} wrote. */
    static Capital packed(Pack.Reader from) {
        float[] row = from.floats();
        return row.length == 0 ? null : new Capital(row);
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

    /** Whether all entries are the same. */
    boolean isEven() {
        for (float v : row) {
            if (v != row[0]) {
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

    /** The smallest mean of so many neighbours each. */
    double leastMean(int neighbours) {
        double least = Double.POSITIVE_INFINITY;
        for (int from = 0; from < row.length; from += neighbours) {
            double sum = 0;
            for (int i = from; i < Math.min(row.length, from + neighbours); i++) {
                sum += row[i];
            }
            least = Math.min(least, sum / neighbours);
        }
        return least;
    }

    /** Each entry times its factor. */
    Capital times(double[] factors) {
        return next(0, factors, CAP);
    }

    /**
     * After one look.
     *
     * @param more joins each entry before it is multiplied
     * @param factors one an entry
     * @param most what no entry exceeds
     */
    Capital next(double more, double[] factors, double most) {
        float[] next = new float[row.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = down(Math.min(Math.min(CAP, most), (row[i] + more) * factors[i]));
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

    /** As a float that is not above it. */
    static float down(double v) {
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
