// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

/**
 * A Pipeline body.
 *
 * @param ended it came to its end
 * @param error why it failed, null if it didn't
 */
record BodyState(boolean ended, String error) {
    static final BodyState OPEN = new BodyState(false, null);

    static BodyState ended(String error) {
        return new BodyState(true, error);
    }
}
