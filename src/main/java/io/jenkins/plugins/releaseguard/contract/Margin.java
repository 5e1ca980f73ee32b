// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * How much worse is still accepted: a fraction of the baseline's level (0.1 is 10 %), or an amount in the metric's
 * unit.
 */
@Beta
public record Margin(double value, boolean relative) {
    public static final Margin NONE = new Margin(0, true);
}
