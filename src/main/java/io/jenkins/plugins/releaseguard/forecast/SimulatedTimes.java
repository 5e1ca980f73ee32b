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
 * @param stopped whether it was stopped, in vain
 */
record SimulatedTimes(double[] seconds, int[] waitedFor, double[] ready, List<List<Integer>> open, boolean stopped) {}
