// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

/**
 * How many calls of a lane are under way at once. Of those that hold a thread a destination and a release have less: half of the
 * lane's threads.
 *
 * @param atOnce in all
 * @param perDestination to one destination
 * @param perRelease of one release
 */
public record LaneLimits(int atOnce, int perDestination, int perRelease) {
    public LaneLimits {
        if (atOnce < 1 || perDestination < 1 || perRelease < 1) {
            throw new IllegalArgumentException("a lane lets one call through at least");
        }
    }
}
