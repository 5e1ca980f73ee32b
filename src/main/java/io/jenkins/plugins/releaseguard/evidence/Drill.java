// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.time.Instant;

/**
 * A rollback that was carried out, as a rehearsal or in earnest: when it ended, how long from breach to confirmation (null where
 * nobody knows), whether it was confirmed, the record that tells of it, and why that record isn't proven, as a sentence, empty where it is.
 */
@Beta
public record Drill(String environment, Instant at, Duration took, boolean confirmed, String record, String doubt) {
    public Drill {
        doubt = doubt == null ? "nobody checked it" : doubt;
    }

    /** @param intact whether the record's seal was checked and holds */
    public Drill(String environment, Instant at, Duration took, boolean confirmed, String record, boolean intact) {
        this(environment, at, took, confirmed, record, intact ? "" : "its seal does not hold");
    }

    /** Whether the record's seal was checked and holds. */
    public boolean intact() {
        return doubt.isEmpty();
    }
}
