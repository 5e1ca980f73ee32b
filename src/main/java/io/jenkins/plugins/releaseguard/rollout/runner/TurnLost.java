// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

/** Says to whoever comes back to a release that the turn is another's by now. */
final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    TurnLost() {
        super("another has the turn", null, false, false);
    }
}
