// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/** A confidence interval of the effect, in the effect's own unit; a limit may be infinite. */
public record Interval(double lower, double upper, double level) {
    boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
