// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.Look;
import java.time.Instant;

/**
 * Something that happened to a release whose samples are judged again.
 *
 * @param look what the judge takes of it; null where it takes nothing
 */
record Recorded(Stamped event, Look look) {
    Instant at() {
        return event.at();
    }
}
