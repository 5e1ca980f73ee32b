// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.evidence.Status;

/** A check in a world, and what it must say. */
public record CheckCase(String what, String check, FakeCheckContext context, Status says) {
    @Override
    public String toString() {
        return check.substring(0, check.indexOf(':')) + " " + says.text() + ": " + what;
    }
}
