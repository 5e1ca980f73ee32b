// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import java.time.Instant;

/** Somebody with the permission lets a release start in spite of the gate. {@code by} is a user id, {@code reason} is never blank. */
public record GateOverride(String by, String reason, Instant at) {
    public GateOverride {
        if (by == null || by.isBlank() || reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("an override names a person and a reason");
        }
    }
}
