// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * One healthy release, simulated.
 *
 * @param seconds for each phase that it reached; infinite where it could not be left within the time that was looked
 * @param waitedFor for each phase, the index of the metric that it waited for after its bake; −1 for none
 * @param stopped whether it was stopped, in vain
 */
record SimulatedTimes(double[] seconds, int[] waitedFor, boolean stopped) {}
