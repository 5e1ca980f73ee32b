// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import java.time.Instant;

/** Applies an entry's waiver to evidence that isn't green. */
final class Waiving {
    private Waiving() {}

    static Evidence apply(Evidence evidence, CriteriaEntry entry, Policy policy, Instant now) {
        return evidence;
    }
}
