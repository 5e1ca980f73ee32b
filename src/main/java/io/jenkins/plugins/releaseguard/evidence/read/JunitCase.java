// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

/** A test case being read. */
record JunitCase(int depth, String name, boolean failed, boolean skipped) {
    JunitCase fail() {
        return new JunitCase(depth, name, true, skipped);
    }

    JunitCase skip() {
        return new JunitCase(depth, name, failed, true);
    }
}
