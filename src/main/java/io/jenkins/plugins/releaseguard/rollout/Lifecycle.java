// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

/** Where a release stands. */
public enum Lifecycle {
    /** Opened; the gate may be deciding. Nothing is watched and nothing has moved. */
    OPEN,
    /** Baseline captured and triggers watched, no traffic moved by us yet. */
    ARMED,
    /** A phase's traffic is being shifted and confirmed. */
    SHIFTING,
    /** A phase bakes. */
    BAKING,
    /** The new version has all traffic; rollback is still armed. */
    WATCHING,
    /** The last good version is being brought back. */
    ROLLING_BACK,
    /** Rollback confirmed; waiting to see the triggers quiet. */
    RECOVERING,
    ENDED;

    /** Whether looks are taken. */
    public boolean watches() {
        return this != OPEN && this != ENDED;
    }

    public boolean isCanary() {
        return this == SHIFTING || this == BAKING;
    }
}
