// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.time.Duration;

/**
 * How often a tool measures, and how many of its measurements must fail before it stops.
 *
 * @param every time between two; null where it measures once
 * @param needed at least 1
 * @param of how many there are; null where they go on as long as the release
 */
record ToolPace(Duration every, int needed, Integer of) {
    static final ToolPace ONCE = new ToolPace(null, 1, null);

    /** Whether they are made one after the other. */
    boolean repeats() {
        return every != null;
    }
}
