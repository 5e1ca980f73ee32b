// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;

/** How a lane's calls are to those of others. */
public enum Pace {
    /** Short. */
    USUAL(1),
    /** Short, and waits for no other lane: one of the usual threads is its own. */
    URGENT(1),
    /** May hold a thread for some seconds, with nothing amiss. */
    PATIENT(10);

    private final long patience;

    Pace(int seconds) {
        patience = Duration.ofSeconds(seconds).toNanos();
    }

    /** In nanoseconds: who holds a thread for longer is late. */
    long patience() {
        return patience;
    }
}
