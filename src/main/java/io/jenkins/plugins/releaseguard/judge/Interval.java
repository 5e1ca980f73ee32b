// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/**
 * A confidence interval of the effect, in the effect's own unit; a limit may be infinite.
 *
 * @param level of confidence, between 0 and 1
 */
public record Interval(double lower, double upper, double level) {}
