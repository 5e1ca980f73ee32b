// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

/** An approval that waits, and whether the reader may give it. */
public record SignOffCard(PendingSignOff pending, boolean mine) {
    public PendingSignOff getPending() {
        return pending;
    }

    public boolean isMine() {
        return mine;
    }
}
