// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;

/** Hears what came of a call, at most once; must be quick, and may be called from any thread. */
@FunctionalInterface
public interface Answer<T> {
    /**
     * How long a call took.
     *
     * @param queued our own lateness: from when it was asked for to when it began
     * @param took from when it began
     */
    record Times(Duration queued, Duration took) {}

    /**
     * @param value what the call gave; null where it failed
     * @param error why it failed, a {@link java.util.concurrent.TimeoutException} at its deadline; null where it did not
     */
    void answered(T value, Exception error, Times times);
}
