// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.journal.Event;

/** How a rehearsal ends, as an exit status. */
enum Outcome {
    PROMOTED(0),
    NO_GO(10),
    ROLLED_BACK(11),
    UNCONFIRMED(12),
    HALTED(13);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    static Outcome of(Event.Ended ended) {
        return switch (ended.verdict()) {
            case PROMOTED -> PROMOTED;
            case NO_GO -> NO_GO;
            case ROLLED_BACK -> ended.confirmed() ? ROLLED_BACK : UNCONFIRMED;
            default -> HALTED;
        };
    }
}
