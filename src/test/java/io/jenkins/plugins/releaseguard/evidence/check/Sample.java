// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.evidence.Status;

/** A check in a world, and what it must say. */
record Sample(String what, String check, FakeContext context, Status says) {
    @Override
    public String toString() {
        return check.substring(0, check.indexOf(':')) + " " + says.text() + ": " + what;
    }
}
