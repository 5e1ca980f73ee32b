// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

/** Whether something stands in the way, and since when nothing does, in the universe's time. */
final class Calm {
    private int active;
    private long since = Long.MIN_VALUE / 2;

    void disturbed() {
        active++;
    }

    void undisturbed(long now) {
        active--;
        since = now;
    }

    /** {@link Long#MAX_VALUE} while something does. */
    long since() {
        return active > 0 ? Long.MAX_VALUE : since;
    }
}
