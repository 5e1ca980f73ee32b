// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** An immutable list of doubles without boxes; a gap (null) is NaN. */
public final class SampleValues extends AbstractList<Double> implements RandomAccess {
    private final double[] values;

    private SampleValues(double[] values) {
        this.values = values;
    }

    /** Copies the values. */
    public static SampleValues of(double... values) {
        return new SampleValues(values.clone());
    }

    /** Null is the empty list. */
    public static SampleValues copy(List<Double> list) {
        if (list instanceof SampleValues v) {
            return v;
        }
        double[] values = new double[list == null ? 0 : list.size()];
        for (int i = 0; i < values.length; i++) {
            Double v = list.get(i);
            values[i] = v == null ? Double.NaN : v;
        }
        return new SampleValues(values);
    }

    /** The finite values in ascending order. */
    public static double[] sorted(List<Double> list) {
        double[] all = copy(list).values;
        double[] finite = new double[all.length];
        int n = 0;
        for (double v : all) {
            if (Double.isFinite(v)) {
                finite[n++] = v + 0.0; // -0.0 and 0.0 are one value
            }
        }
        double[] sorted = n == all.length ? finite : java.util.Arrays.copyOf(finite, n);
        java.util.Arrays.sort(sorted);
        return sorted;
    }

    /** A copy in the list's order, gaps as NaN. */
    public double[] array() {
        return values.clone();
    }

    @Override
    public Double get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
