// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;

/** An event that a journal does not take, however often it is tried. */
public final class OversizedEventException extends IOException {
    private static final long serialVersionUID = 1L;

    OversizedEventException(long bytes, long limit) {
        super("an event of " + bytes + " bytes is over the journal's limit of " + limit + " bytes a line");
    }
}
