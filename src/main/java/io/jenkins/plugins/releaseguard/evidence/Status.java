// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;

/** What evidence says. Only {@link #PASS} and {@link #WAIVED} let a release through; unknown is never green. */
@Beta
public enum Status {
    PASS,
    FAIL,
    UNKNOWN,
    WAIVED;

    /** True where a release may go on. */
    public boolean green() {
        return this == PASS || this == WAIVED;
    }

    /** The journal's word for it. */
    public EvidenceStatus word() {
        return switch (this) {
            case PASS -> EvidenceStatus.PASS;
            case FAIL -> EvidenceStatus.FAIL;
            case UNKNOWN -> EvidenceStatus.UNKNOWN;
            case WAIVED -> EvidenceStatus.WAIVED;
        };
    }

    /** As it stands in journal and report. */
    public String text() {
        return word().text();
    }
}
