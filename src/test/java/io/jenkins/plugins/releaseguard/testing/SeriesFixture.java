// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.util.stream.IntStream;

/** Series with published results. */
public final class SeriesFixture {
    /** The pair of series that SciPy's values in the tests were computed for. */
    public static final double[] LONG_X = IntStream.range(0, 60)
            .mapToDouble(i -> (long) i * 7919 % 1000 / 10.0)
            .sorted()
            .toArray();

    public static final double[] LONG_Y = IntStream.range(0, 70)
            .mapToDouble(i -> (long) i * 104729 % 1100 / 10.0 + 5)
            .sorted()
            .toArray();

    private SeriesFixture() {}
}
