// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param release whom it meets, or whose state it waits for where it meets everybody
 * @param in the moment: when the release first stands there
 * @param after that moment
 * @param lasts zero for what happens at once and is over
 */
record Fault(FaultKind kind, int release, Moment in, Duration after, Duration lasts) {
    Fault of(int other) {
        return new Fault(kind, other, in, after, lasts);
    }

    Fault at(Duration otherAfter, Duration otherLasts) {
        return new Fault(kind, release, in, otherAfter, otherLasts);
    }

    @Override
    public String toString() {
        return kind + " of release " + release + " " + after.toMillis() + " ms after " + in
                + (lasts.isZero() ? "" : " for " + lasts.toMillis() + " ms");
    }
}
