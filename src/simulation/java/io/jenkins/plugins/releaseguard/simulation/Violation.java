// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

/**
 * A rule that was broken.
 *
 * @param rule what may never happen
 * @param what happened
 * @param where and when
 */
record Violation(String rule, String what, String where) {
    @Override
    public String toString() {
        return where + ": " + rule + ": " + what;
    }
}
