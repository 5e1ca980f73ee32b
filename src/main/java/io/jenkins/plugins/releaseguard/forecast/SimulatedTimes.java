// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.List;

/**
 * One healthy release, simulated.
 *
 * @param seconds for each phase that it reached; infinite where it could not be left within the time that was looked
 * @param waitedFor for each phase, the index of the metric that it waited for after its bake; −1 for none
 * @param ready for each phase, seconds until the judge would first have let it go, whatever the bake; infinite where it never would
 * @param open for each phase, the indexes of the metrics that kept it at its longest bake; none where it could be left
 * @param stopped seconds in the phase after the ones that it left, when it was stopped there, in vain; NaN where it wasn't
 */
record SimulatedTimes(double[] seconds, int[] waitedFor, double[] ready, List<List<Integer>> open, double stopped) {
    boolean isStopped() {
        return !Double.isNaN(stopped);
    }
}
