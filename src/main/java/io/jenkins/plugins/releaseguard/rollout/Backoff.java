// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * Waits between tries that double with each failure.
 *
 * @param first after the first failure
 * @param longest none is longer, however often it failed
 */
record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /** @param failures in a row before this one, from 0 */
    Duration wait(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /**
     * Whether the time for a try has come. A clock that was set back must not put a try off for longer than a wait.
     *
     * @param notBefore null for at once
     */
    static boolean due(Instant notBefore, Instant now, Duration longest) {
        return notBefore == null
                || !now.isBefore(notBefore)
                || Duration.between(now, notBefore).compareTo(longest) > 0;
    }

    boolean due(Instant notBefore, Instant now) {
        return due(notBefore, now, longest);
    }
}
